package dev.weir.auditor.worker;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.AppliedMitigation;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.registry.ModelRegistry;
import org.jspecify.annotations.Nullable;

/** Loads exactly the files that a candidate, or a champion's certificate, names. */
final class CandidateFiles {
  private final ModelSpec spec;
  private final ModelRegistry registry;
  private final SigningKey key;

  CandidateFiles(ModelSpec spec, ModelRegistry registry, SigningKey key) {
    this.spec = spec;
    this.registry = registry;
    this.key = key;
  }

  /** Returns the files that the candidate names, and no others that fit each other. */
  ModelArtifact of(Candidate candidate) {
    ModelArtifact artifact = ModelArtifact.load(registry, candidate.runId());
    require(candidate, "model.onnx", candidate.onnxDigest(), artifact.onnx());
    require(candidate, "manifest.json", candidate.manifestDigest(), artifact.manifestBytes());
    requireDecidable(candidate, artifact.manifest().mitigation());
    return artifact;
  }

  /** An audit would see groups that nobody sees who decides, and so certify other decisions. */
  private void requireDecidable(Candidate candidate, @Nullable AppliedMitigation mitigation) {
    if (spec.events().groups() != null
        && mitigation != null
        && !mitigation.thresholds().isEmpty()) {
      throw new ModelException(
          ModelException.Code.MODEL_INVALID,
          "manifest.json of request "
              + candidate.request().requestId()
              + " has thresholds by group, and rows have no groups (events.groups)");
    }
  }

  private static void require(Candidate candidate, String file, String stated, byte[] content) {
    String actual = Sha256.hex(content);
    if (!actual.equals(stated)) {
      throw new ModelException(
          ModelException.Code.ARTIFACT_CORRUPT,
          file
              + " of request "
              + candidate.request().requestId()
              + " has sha256 "
              + actual
              + ", the candidate states "
              + stated);
    }
  }

  /** Returns the files that the champion's certificate lets serve. */
  ModelArtifact of(Deployment.Slot slot) {
    ModelArtifact artifact = ModelArtifact.load(registry, slot.runId());
    key.verifier()
        .verifyForServing(
            slot.certificate(),
            spec.model(),
            slot.version(),
            artifact.onnx(),
            artifact.manifestBytes());
    return artifact;
  }
}
