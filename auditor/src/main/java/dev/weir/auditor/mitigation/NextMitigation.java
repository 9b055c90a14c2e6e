package dev.weir.auditor.mitigation;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is tried next. A version trained without mitigation must have been blocked by a gate
 * over the mitigation's groups; a mitigated one may have been blocked by any gate, or not trained.
 * The request is a function of what was said, with an id of its own, so it is the same whenever it
 * is asked for.
 */
public final class NextMitigation {
  private final Policy policy;

  /** Creates the rule of a policy. */
  public NextMitigation(Policy policy) {
    this.policy = policy;
  }

  /**
   * Returns the request that follows an audit on rows that carry their groups; empty when nothing
   * is to be tried.
   */
  public Optional<TrainingRequest> after(TrainingRequest request, Audit audit) {
    return after(request, audit, null);
  }

  /**
   * Returns the request that follows an audit; empty when nothing is to be tried.
   *
   * @param groupValues where the audit found the groups of rows, which is where a training may look
   *     for them; null where rows carry them
   */
  public Optional<TrainingRequest> after(
      TrainingRequest request, Audit audit, @Nullable List<OffsetRange> groupValues) {
    Mitigation mitigation = policy.mitigation();
    if (mitigation == null || !(audit.verdict() instanceof Verdict.Block)) {
      return Optional.empty();
    }
    List<GateResult> gaps = gaps(mitigation, audit.verdict());
    MitigationOrder earlier = request.mitigation();
    if (earlier != null) {
      return following(mitigation, request, earlier, audit.auditedAt());
    }
    if (gaps.isEmpty()) {
      return Optional.empty();
    }
    String why =
        "v"
            + audit.version()
            + " is blocked by "
            + gaps.stream()
                .map(gap -> gap.gate() + " in " + gap.group())
                .distinct()
                .collect(Collectors.joining(", "));
    return mitigation
        .first()
        .map(
            method ->
                new MitigationOrder(
                    method,
                    mitigation.groups(),
                    gaps.get(0).metric(),
                    request.requestId(),
                    audit.version(),
                    audit.runId(),
                    groupValues))
        .map(order -> request.with(order, why, audit.auditedAt()));
  }

  /** Returns the request that follows a training that failed; empty when it had no mitigation. */
  public Optional<TrainingRequest> after(Candidate failed) {
    Mitigation mitigation = policy.mitigation();
    MitigationOrder earlier = failed.request().mitigation();
    return mitigation == null || earlier == null
        ? Optional.empty()
        : following(mitigation, failed.request(), earlier, failed.finishedAt());
  }

  private static Optional<TrainingRequest> following(
      Mitigation mitigation, TrainingRequest request, MitigationOrder earlier, Instant at) {
    String why = earlier.method().id() + " did not do: " + request.reason();
    return mitigation
        .after(earlier.method())
        .map(
            method ->
                new MitigationOrder(
                    method,
                    earlier.groups(),
                    earlier.metric(),
                    earlier.parentRequestId(),
                    earlier.parentVersion(),
                    earlier.parentRunId(),
                    earlier.groupValues()))
        .map(order -> request.with(order, why, at));
  }

  private List<GateResult> gaps(Mitigation mitigation, Verdict verdict) {
    List<String> gates =
        policy.gates().stream().filter(mitigation::answers).map(Gate::name).toList();
    return verdict.results().stream()
        .filter(result -> result.severity() == Gate.Severity.BLOCK)
        .filter(result -> result.answer() == GateResult.Answer.BLOCK)
        .filter(result -> gates.contains(result.gate()))
        .toList();
  }
}
