package dev.weir.serving.live;

import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.registry.ModelRegistry;
import java.io.IOException;

/** The files of a run, from the model registry. */
public final class RegistryArtifacts implements ArtifactSource {
  private final ModelRegistry registry;

  /** Creates a source over a registry. */
  public RegistryArtifacts(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Files fetch(String runId) throws IOException {
    try {
      return new Files(
          registry.download(runId, ModelArtifact.ONNX_PATH),
          registry.download(runId, ModelArtifact.MANIFEST_PATH));
    } catch (ModelException e) {
      if (e.code() == ModelException.Code.REGISTRY_UNAVAILABLE) {
        throw new IOException("registry does not answer for run " + runId, e);
      }
      throw e;
    }
  }
}
