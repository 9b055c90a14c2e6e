package dev.weir.serving.live;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.control.Deployment;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelManifest;
import java.io.IOException;

/** Downloads a version, verifies its certificate, and only then opens it. */
public final class ModelLoader {
  private final ArtifactSource source;
  private final CertificateVerifier verifier;
  private final Scorer.Opener opener;

  /** Creates a loader. */
  public ModelLoader(ArtifactSource source, CertificateVerifier verifier, Scorer.Opener opener) {
    this.source = source;
    this.verifier = verifier;
    this.opener = opener;
  }

  /**
   * Loads one version.
   *
   * @throws CertificateException where the certificate does not let exactly these bytes serve as
   *     this version of this model; nothing was opened
   * @throws IOException where the files cannot be had
   */
  public ServingModel load(String model, Deployment.Slot slot) throws IOException {
    ArtifactSource.Files files = source.fetch(slot.runId());
    Certificate certificate =
        verifier.verifyForServing(
            slot.certificate(), model, slot.version(), files.onnx(), files.manifest());
    ModelManifest manifest = manifest(files.manifest());
    return new ServingModel(certificate, slot.runId(), manifest, opener.open(files.onnx()));
  }

  private static ModelManifest manifest(byte[] json) throws IOException {
    try {
      return ModelManifest.parse(json);
    } catch (ModelException e) {
      throw new IOException("the certified manifest cannot be read", e);
    }
  }

  /** Loads one version as {@link #load} does, and closes it: what can be said before it serves. */
  public void check(String model, Deployment.Slot slot) throws IOException {
    load(model, slot).release();
  }
}
