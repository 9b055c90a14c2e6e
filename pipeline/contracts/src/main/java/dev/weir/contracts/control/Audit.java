package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.policy.Verdict;
import java.time.Instant;

/**
 * The auditor's answer to one candidate.
 *
 * @param requestId the request
 * @param model the model
 * @param version the audited version
 * @param runId the registry's run that holds the artifact
 * @param verdict the verdict with its reasons
 * @param certificate the signed certificate, whatever the verdict is
 * @param auditedAt event time of the audit
 */
public record Audit(
    String requestId,
    String model,
    int version,
    String runId,
    Verdict verdict,
    Envelope certificate,
    Instant auditedAt) {
  public Audit {
    requireNonNull(requestId, "requestId");
    requireNonNull(model, "model");
    requireNonNull(runId, "runId");
    requireNonNull(verdict, "verdict");
    requireNonNull(certificate, "certificate");
    requireNonNull(auditedAt, "auditedAt");
  }
}
