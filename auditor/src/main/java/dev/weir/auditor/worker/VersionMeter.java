package dev.weir.auditor.worker;

import dev.weir.auditor.energy.EnergyEvidence;
import dev.weir.auditor.energy.VersionEnergy;
import dev.weir.auditor.hazard.LabelledRows;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.energy.ScoringMeter;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds what versions take. A figure that was metered once and certified is copied, never metered
 * again: it would come out differently each time.
 */
final class VersionMeter {
  private static final Duration CPU_TIME = Duration.ofMillis(100);

  /** Rows that are scored again and again; more would not fit the caches of small machines. */
  private static final int MOST_ROWS = 512;

  private final ModelRegistry registry;
  private final CertificateVerifier verifier;

  VersionMeter(ModelRegistry registry, CertificateVerifier verifier) {
    this.registry = registry;
    this.verifier = verifier;
  }

  /** The part of stored evidence that is copied. */
  private record Stored(Hazards hazards) {
    private record Hazards(EnergyEvidence energy) {}
  }

  /** Returns what a candidate takes: as an earlier audit certified it, else metered now. */
  VersionEnergy of(Candidate candidate, ModelArtifact artifact, LabelledRows rows) {
    return earlier(candidate.runId(), candidate.request().requestId())
        .orElseGet(() -> meter(artifact, rows));
  }

  /** Returns what a champion takes, metered now: the same machine, and the same rows. */
  VersionEnergy of(ModelArtifact champion, LabelledRows rows) {
    return meter(champion, rows);
  }

  private Optional<VersionEnergy> earlier(String runId, String requestId) {
    try {
      byte[] envelope = registry.download(runId, AuditWorker.CERTIFICATE_PATH);
      Certificate.Predicate certified =
          verifier.verify(Json.read(envelope, Envelope.class)).predicate();
      byte[] evidence = registry.download(runId, AuditWorker.EVIDENCE_PATH);
      boolean isCertified =
          certified.requestId().equals(requestId)
              && certified.evidenceDigest().equals(Sha256.hex(evidence));
      return isCertified
          ? Optional.of(Json.read(evidence, Stored.class).hazards().energy().candidate())
          : Optional.empty();
    } catch (ModelException | CertificateException absent) {
      return Optional.empty();
    }
  }

  private static VersionEnergy meter(ModelArtifact artifact, LabelledRows rows) {
    float[][] some = Arrays.copyOf(rows.features(), Math.min(rows.size(), MOST_ROWS));
    if (some.length == 0) {
      return VersionEnergy.of(artifact, null);
    }
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      return VersionEnergy.of(artifact, ScoringMeter.of(CPU_TIME).measure(scorer::positive, some));
    }
  }
}
