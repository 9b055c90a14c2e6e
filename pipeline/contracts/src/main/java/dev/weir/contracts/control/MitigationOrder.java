package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.topic.OffsetRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training does against a gap between groups that blocked a version trained without.
 *
 * @param method how
 * @param groups the spec's group whose gap is to be lessened
 * @param metric what the gate measures that blocked: what is to become alike
 * @param parentRequestId the request of the version without mitigation
 * @param parentVersion that version
 * @param parentRunId the registry's run that holds its files
 * @param groupValues where the group values of training rows lie that training may read for this;
 *     null where rows carry them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MitigationOrder(
    Mitigation.Method method,
    String groups,
    Metric metric,
    String parentRequestId,
    int parentVersion,
    String parentRunId,
    @Nullable List<OffsetRange> groupValues) {
  public MitigationOrder {
    requireNonNull(method, "method");
    requireNonNull(groups, "groups");
    requireNonNull(metric, "metric");
    requireNonNull(parentRequestId, "parentRequestId");
    requireNonNull(parentRunId, "parentRunId");
    groupValues = groupValues == null ? null : List.copyOf(groupValues);
  }

  /** Creates an order where rows carry their groups. */
  public MitigationOrder(
      Mitigation.Method method,
      String groups,
      Metric metric,
      String parentRequestId,
      int parentVersion,
      String parentRunId) {
    this(method, groups, metric, parentRequestId, parentVersion, parentRunId, null);
  }

  /** Returns the id of the request that carries this order. */
  public String requestId() {
    return parentRequestId + "-" + method.id();
  }
}
