package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.policy.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's answer to one candidate.
 *
 * @param requestId the request
 * @param model the model
 * @param version the audited version
 * @param runId the registry's run that holds the artifact
 * @param verdict the verdict with its reasons
 * @param certificate the signed certificate, whatever the verdict is
 * @param look how often the version was audited with this audit, from 1
 * @param rowsAwaited after how many more held-out rows it is audited again; null when this is the
 *     last word
 * @param auditedAt event time of the audit
 */
public record Audit(
    String requestId,
    String model,
    int version,
    String runId,
    Verdict verdict,
    Envelope certificate,
    int look,
    @Nullable Long rowsAwaited,
    Instant auditedAt) {
  public Audit {
    requireNonNull(requestId, "requestId");
    requireNonNull(model, "model");
    requireNonNull(runId, "runId");
    requireNonNull(verdict, "verdict");
    requireNonNull(certificate, "certificate");
    requireNonNull(auditedAt, "auditedAt");
    if (look < 1) {
      throw new IllegalArgumentException("look must be >= 1, was " + look);
    }
  }

  /** Returns whether the version is not audited again. */
  @JsonIgnore
  public boolean isFinal() {
    return rowsAwaited == null;
  }
}
