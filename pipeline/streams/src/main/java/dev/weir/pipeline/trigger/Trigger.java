package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides when to train, and on which offsets: at enough examples while nothing serves, then after
 * each alarm when enough new examples have come. A request that came to nothing is made again after
 * as many new examples. One request of a model is open at a time. It decides on ticks.
 *
 * <p>It knows no topic, no partition and no clock but what it is told: the same calls give the same
 * requests. Not thread-safe.
 */
public final class Trigger {
  private final ModelSpec spec;
  private final ExampleHistory history;
  private final List<Rule> rules;
  private TriggerState state = TriggerState.initial();

  /** Creates the trigger of a model that has seen nothing. */
  public Trigger(ModelSpec spec, ExampleHistory history) {
    this.spec = spec;
    this.history = history;
    this.rules =
        List.of(
            new OnVolumeRule(spec.triggers().volume()), new OnDriftRule(spec.triggers().drift()));
  }

  /** Returns the most examples that a request of {@code spec} names, but for all. */
  public static long longestWindow(ModelSpec spec) {
    return Math.max(spec.triggers().drift().window(), spec.triggers().volume().examples());
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

  /** Takes a signal; only an alarm is news, and only while none waits and no request is open. */
  public void signal(Signal signal) {
    boolean isNews =
        signal.model().equals(spec.model())
            && signal.isAlarm()
            && state.openRequest() == null
            && state.alarmAt() == null;
    if (!isNews) {
      return;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s alarm on the %s of v%d: mean %.3f before, %.3f after",
            signal.detector(),
            signal.signal(),
            signal.version(),
            signal.facts().getOrDefault("meanBefore", Double.NaN),
            signal.facts().getOrDefault("meanAfter", Double.NaN));
    state = state.withAlarm(signal.eventTime(), text);
  }

  /** Takes a candidate; a failed one closes its request. */
  public void candidate(Candidate candidate) {
    boolean isInVain =
        candidate.request().requestId().equals(state.openRequest())
            && candidate.status() == Candidate.Status.FAILED;
    if (isInVain) {
      state = state.closed();
    }
  }

  /** Takes an audit; a final one that does not pass closes its request. */
  public void audit(Audit audit) {
    boolean isRefused =
        audit.requestId().equals(state.openRequest())
            && audit.isFinal()
            && !(audit.verdict() instanceof Verdict.Pass);
    if (isRefused) {
      state = state.closed();
    }
  }

  /** Takes a deployment; the end of a version's way closes its request. */
  public void deployment(Deployment deployment) {
    if (!deployment.model().equals(spec.model())) {
      return;
    }
    state =
        state.withChampion(
            deployment.change() == Deployment.Change.PROMOTED, deployment.champion() != null);
    boolean isEnd = deployment.change() != Deployment.Change.SHADOWED;
    if (isEnd && deployment.requestId().equals(state.openRequest())) {
      state = state.closed();
    }
  }

  /** Returns the request that is due at a tick, if one is; it is open from now on. */
  public Optional<TrainingRequest> decide(Instant now) {
    if (state.openRequest() != null) {
      return Optional.empty();
    }
    for (Rule rule : rules) {
      Optional<Rule.Firing> firing = rule.fires(state, now);
      if (firing.isPresent()) {
        return Optional.of(request(firing.get(), now));
      }
    }
    return Optional.empty();
  }

  private TrainingRequest request(Rule.Firing firing, Instant now) {
    String id = String.format(Locale.ROOT, "%s-%04d", spec.model(), state.requests() + 1);
    List<OffsetRange> ranges = history.last(firing.window());
    TrainingRequest request =
        new TrainingRequest(
            id,
            spec.model(),
            spec.digest(),
            firing.trigger(),
            firing.reason(),
            ranges,
            ranges,
            now,
            spec.training().seed() + state.requests());
    state = state.withOpen(id, now);
    return request;
  }
}
