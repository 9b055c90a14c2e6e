package dev.weir.auditor.worker;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.serde.Json;
import dev.weir.model.artifact.Compression;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the version that a candidate was compressed from, if it is a fair measure: the very file
 * that the manifest names, of the same model and features, with a certificate that lets it serve,
 * and not itself compressed. Else many small losses, each tolerable, could add up unseen.
 */
final class ParentFiles {
  private final ModelRegistry registry;
  private final SigningKey key;

  ParentFiles(ModelRegistry registry, SigningKey key) {
    this.registry = registry;
    this.key = key;
  }

  /**
   * A parent, or why there is none.
   *
   * @param artifact its files; null when they are no fair measure
   * @param refusal why not; empty when they are
   */
  record Parent(@Nullable ModelArtifact artifact, String refusal) {}

  /**
   * Returns the parent of a candidate.
   *
   * @param candidate the candidate's manifest
   * @throws ModelException if the registry is away
   */
  Parent of(Compression compression, ModelManifest candidate) {
    String name = "the parent, version " + compression.parentVersion() + ",";
    try {
      ModelArtifact artifact = ModelArtifact.load(registry, compression.parentRunId());
      String refusal = refusal(compression, artifact.manifest(), candidate);
      if (refusal.isEmpty()) {
        requireCertified(compression, candidate.model(), artifact);
      }
      return refusal.isEmpty() ? new Parent(artifact, "") : new Parent(null, name + " " + refusal);
    } catch (ModelException e) {
      if (e.isTransient()) {
        throw e;
      }
      return new Parent(null, name + " cannot be had: " + e.getMessage());
    } catch (CertificateException | IllegalArgumentException e) {
      return new Parent(null, name + " has not passed an audit: " + e.getMessage());
    }
  }

  private void requireCertified(Compression compression, String model, ModelArtifact artifact) {
    byte[] envelope;
    try {
      envelope = registry.download(compression.parentRunId(), AuditWorker.CERTIFICATE_PATH);
    } catch (ModelException e) {
      if (e.code() == ModelException.Code.ARTIFACT_MISSING) {
        throw new CertificateException("there is no certificate", e);
      }
      throw e;
    }
    key.verifier()
        .verifyForServing(
            Json.read(envelope, Envelope.class),
            model,
            compression.parentVersion(),
            artifact.onnx(),
            artifact.manifestBytes());
  }

  private static String refusal(
      Compression compression, ModelManifest parent, ModelManifest candidate) {
    if (!parent.onnxDigest().equals(compression.parentOnnxDigest())) {
      return "is another file: its model.onnx has sha256 "
          + parent.onnxDigest()
          + ", the manifest names "
          + compression.parentOnnxDigest();
    }
    if (parent.compression() != null) {
      return "is itself compressed: name the version that was trained";
    }
    if (!parent.featureNames().equals(candidate.featureNames())) {
      return "reads other features: " + parent.featureNames();
    }
    return "";
  }
}
