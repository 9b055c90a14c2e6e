package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Evidence;
import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides when to train, and on which offsets: at enough examples while nothing serves, then after
 * alarms, by schedule and by number of examples, as the spec says. A request that came to nothing
 * is made again after as many new examples. One request of a model is open at a time. It decides on
 * ticks, and answers orders by hand when they come.
 *
 * <p>It knows no topic, no partition and no clock but what it is told: the same calls give the same
 * requests. Not thread-safe.
 */
public final class Trigger {
  private final ModelSpec spec;
  private final String requestPrefix;
  private final ExampleHistory history;
  private final Rules rules;
  private final Economy economy;
  private final Requests requests;
  private final Orders orders;
  private final TriggerOutput output;
  private TriggerState state = TriggerState.initial();

  /**
   * Creates the trigger of a model that has seen nothing.
   *
   * @param requestPrefix what the ids of its requests begin with, before their number
   * @param history where its examples stand
   * @param orders what was ordered by hand before
   * @param output where decisions go
   */
  public Trigger(
      ModelSpec spec,
      String requestPrefix,
      ExampleHistory history,
      Orders orders,
      TriggerOutput output) {
    this.spec = spec;
    this.requestPrefix = requestPrefix;
    this.history = history;
    this.rules = new Rules(spec);
    this.economy = new Economy(spec);
    this.requests = new Requests(spec);
    this.orders = orders;
    this.output = output;
  }

  /** Returns the most examples that a request of {@code spec} names, but for all. */
  public static long longestWindow(ModelSpec spec) {
    return spec.triggers().longestWindow();
  }

  /** Takes over a state of an earlier life. */
  public void restore(TriggerState earlier) {
    state = earlier;
  }

  /** Returns what it remembers beside its history. */
  public TriggerState state() {
    return state;
  }

  /** Takes the examples of an epoch. */
  public void examples(long epoch, EpochExamples examples) {
    history.add(epoch, examples);
    state = state.withExamples(history.count());
  }

  /** Takes a signal; an alarm that a rule waits for is news if none of its kind waits already. */
  public void signal(Signal signal) {
    if (signal.model().equals(spec.model()) && signal.isAlarm()) {
      rules.kindOf(signal).ifPresent(kind -> state = state.withAlarm(kind, signal));
    }
  }

  /** Takes a candidate; a failed one closes its request. */
  public void candidate(Candidate candidate) {
    if (!candidate.request().model().equals(spec.model())) {
      return;
    }
    if (candidate.status() == Candidate.Status.TRAINED) {
      double joules = candidate.metrics().getOrDefault("joules", 0.0);
      state =
          state.withGains(
              state
                  .gains()
                  .trained(
                      new Gains.Spent(
                          candidate.request().requestId(), joules, candidate.energyMethod())));
    }
    boolean isInVain =
        candidate.request().requestId().equals(state.openRequest())
            && candidate.status() == Candidate.Status.FAILED;
    if (isInVain) {
      state = state.closed();
    }
  }

  /** Takes an audit; a final one that does not pass closes its request. */
  public void audit(Audit audit) {
    if (!audit.isFinal() || audit.verdict() instanceof Verdict.Pass) {
      return;
    }
    state = state.withGains(state.gains().ended(audit.requestId(), 0));
    if (audit.requestId().equals(state.openRequest())) {
      state = state.closed();
    }
  }

  /** Takes a deployment; the end of a version's way closes its request. */
  public void deployment(Deployment deployment) {
    if (!deployment.model().equals(spec.model())) {
      return;
    }
    Deployment.Slot serving = deployment.champion();
    state =
        state.withChampion(
            deployment.change() == Deployment.Change.PROMOTED,
            serving == null ? null : new TriggerState.Champion(serving.version(), serving.since()));
    if (deployment.change() == Deployment.Change.SHADOWED) {
      return;
    }
    state = state.withGains(ended(deployment));
    if (deployment.requestId().equals(state.openRequest())) {
      state = state.closed();
    }
  }

  private Gains ended(Deployment end) {
    if (end.change() != Deployment.Change.PROMOTED) {
      return state.gains().ended(end.requestId(), 0);
    }
    Deployment.Trial trial = end.trial();
    return trial == null
        ? state.gains().without(end.requestId())
        : state.gains().ended(end.requestId(), trial.meanGain());
  }

  /** Makes the request that is due at a tick, if one is, or skips it where it would not pay. */
  public void decide(Instant now) {
    state = state.withTick(now);
    if (state.openRequest() != null || state.examples() == 0) {
      return;
    }
    for (Rule rule : rules.inOrder()) {
      Optional<Rule.Firing> firing = rule.fires(state, now);
      if (firing.isPresent()) {
        make(rule, firing.get(), now);
        return;
      }
    }
  }

  private void make(Rule rule, Rule.Firing firing, Instant now) {
    Optional<Signal> skip = economy.skips(rule, firing, state, now);
    if (skip.isPresent()) {
      state = state.withSkip(now);
      output.skipped(skip.get());
    } else {
      request(firing, now);
    }
  }

  private void request(Rule.Firing firing, Instant now) {
    String id = String.format(Locale.ROOT, "%s-%04d", requestPrefix, state.requests() + 1);
    Map<String, Double> facts = new TreeMap<>(firing.facts());
    facts.put("examples", (double) state.examples());
    Requests.Cause cause =
        new Requests.Cause(
            firing.trigger(), firing.reason(), new Evidence(firing.signals(), facts, null));
    open(id, cause, history.lastKept(firing.window()), now);
  }

  /** Takes an order by hand and answers it at once, as of the last tick. */
  public void order(TrainingOrder order) {
    if (!order.model().equals(spec.model())) {
      return;
    }
    Optional<OrderAnswer> earlier = orders.earlier(order);
    if (earlier.isPresent()) {
      output.answerAgain(earlier.get());
      return;
    }
    OrderAnswer answer = orders.judge(order, state);
    if (answer.isAccepted()) {
      Map<String, Double> facts = Map.of("examples", (double) state.examples());
      String reason = order.reason() + " (" + order.orderedBy() + "); " + answer.reason();
      Requests.Cause cause =
          new Requests.Cause("operator", reason, new Evidence(List.of(), facts, order));
      open(order.requestId(), cause, answer.training(), answer.answeredAt());
      orders.remember(answer);
    }
    output.answer(order, answer);
  }

  private void open(String id, Requests.Cause cause, List<OffsetRange> ranges, Instant now) {
    TrainingRequest request = requests.of(id, cause, ranges, state.requests(), now);
    state = state.withOpen(id, now);
    output.request(request);
  }
}
