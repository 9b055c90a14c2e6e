package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;

/**
 * What a training does against a gap between groups that blocked a version trained without.
 *
 * @param method how
 * @param groups the spec's group whose gap is to be lessened
 * @param metric what the gate measures that blocked: what is to become alike
 * @param parentRequestId the request of the version without mitigation
 * @param parentVersion that version
 * @param parentRunId the registry's run that holds its files
 */
public record MitigationOrder(
    Mitigation.Method method,
    String groups,
    Metric metric,
    String parentRequestId,
    int parentVersion,
    String parentRunId) {
  public MitigationOrder {
    requireNonNull(method, "method");
    requireNonNull(groups, "groups");
    requireNonNull(metric, "metric");
    requireNonNull(parentRequestId, "parentRequestId");
    requireNonNull(parentRunId, "parentRunId");
  }

  /** Returns the id of the request that carries this order. */
  public String requestId() {
    return parentRequestId + "-" + method.id();
  }
}
