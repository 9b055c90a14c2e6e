package dev.weir.dashboards.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version and what became of it.
 *
 * @param version the version
 * @param requestId the request behind it
 * @param trigger what asked for it
 * @param verdict PASS, BLOCK, INSUFFICIENT_EVIDENCE; null while it is not audited
 * @param reasons why it did not pass
 * @param gates the gates' results
 * @param joules training energy; null where unknown
 * @param energyMethod {@code measured} or {@code estimated}
 * @param role champion, challenger or none
 * @param change the last change of its deployment; null where there is none
 * @param changeReason why
 * @param promoted whether it was ever champion
 * @param since event time of its role or last change
 * @param auditedAt event time of the audit
 */
public record VersionView(
    int version,
    String requestId,
    String trigger,
    @Nullable String verdict,
    List<String> reasons,
    List<JsonNode> gates,
    @Nullable Double joules,
    String energyMethod,
    String role,
    @Nullable String change,
    String changeReason,
    boolean promoted,
    @Nullable Instant since,
    @Nullable Instant auditedAt) {
  /** Copies the lists. */
  public VersionView {
    reasons = List.copyOf(reasons);
    gates = List.copyOf(gates);
  }
}
