package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.statistics.multiple.AdjustedPValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Alarms when a feature or the prediction is spread otherwise than in the champion's training rows:
 * a chi-square test over the profile's bins, rare ones merged, and at least {@code psiAbove} of
 * effect ({@link Change}).
 *
 * <p>Windows of {@code monitors.drift.window} rows follow one another, each tested at the first
 * tick at which it is full. The family is features × windows of a week of event time: the windows
 * spend {@code monitors.level} ({@link WeeklyLevel}), and within a window Holm's correction holds
 * over the features. So, where nothing changed, a week has a false alarm with chance {@code level}
 * at most; where something did, the others still have. Both need rows that are independent.
 */
final class FeatureDrift implements Monitor {
  private static final String DETECTOR = "chi-square, merged bins";

  private final ModelSpec spec;
  private final LiveWindow window = new LiveWindow();
  private final WeeklyLevel levels;
  private int version;
  private @Nullable ReferenceProfile reference;

  private record State(int version, byte @Nullable [] window, WeeklyLevel.State levels) {}

  /** A variable that could be compared. */
  private record Tested(Distribution before, Change change, long missing) {}

  FeatureDrift(ModelSpec spec) {
    this.spec = spec;
    this.levels = new WeeklyLevel(spec.monitors().level());
  }

  @Override
  public String name() {
    return "feature-drift";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile profile) {
    if (champion != version) {
      version = champion;
      window.clear();
    }
    reference = profile;
  }

  @Override
  public void rows(RowTally tally) {
    if (tally.version() == version && tally.variables() > 0) {
      window.add(tally);
    }
  }

  @Override
  public void outcome(Watched outcome) {
    // It compares what came in and what was said of it.
  }

  @Override
  public List<Signal> tick(Instant now) {
    RowTally live = window.tally();
    ReferenceProfile profile = reference;
    if (profile == null || live == null || live.rows() < spec.monitors().drift().window()) {
      return List.of();
    }
    window.clear();
    List<Tested> tested = tested(RowTally.variables(profile), live);
    int untested = live.variables() - tested.size();
    return tested.isEmpty()
        ? List.of(summary(now, new Facts().with("tested", 0).with("untested", untested)))
        : compared(tested, untested, now);
  }

  private static List<Tested> tested(List<Distribution> variables, RowTally live) {
    List<Tested> tested = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Distribution before = variables.get(i);
      long[] reference = before.counts().stream().mapToLong(c -> c).toArray();
      long missing = live.missing(i);
      Optional<Change> change = Change.of(reference, live.counts(i));
      change.ifPresent(each -> tested.add(new Tested(before, each, missing)));
    }
    return tested;
  }

  private List<Signal> compared(List<Tested> tested, int untested, Instant now) {
    double level = levels.next(now);
    double[] adjusted =
        AdjustedPValues.holm(tested.stream().mapToDouble(each -> each.change().p()).toArray());
    List<Signal> signals = new ArrayList<>();
    double smallest = 1;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < adjusted.length; i++) {
      Change change = tested.get(i).change();
      smallest = Math.min(smallest, adjusted[i]);
      largest = Math.max(largest, change.excess());
      if (adjusted[i] <= level && change.excess() >= spec.monitors().drift().psiAbove()) {
        Facts facts = change.facts().with("adjustedP", adjusted[i]).with("level", level);
        facts.with("missingLive", tested.get(i).missing());
        signals.add(signal(tested.get(i).before().name(), true, now, facts));
      }
    }
    Facts facts =
        new Facts()
            .with("tested", tested.size())
            .with("untested", untested)
            .with("alarms", signals.size())
            .with("smallestAdjustedP", smallest)
            .with("largestExcess", largest)
            .with("level", level);
    signals.add(summary(now, facts));
    return signals;
  }

  private Signal summary(Instant now, Facts facts) {
    return signal("all features", false, now, facts);
  }

  private Signal signal(String what, boolean isAlarm, Instant now, Facts facts) {
    return new Signal(spec.model(), version, "drift", DETECTOR, what, isAlarm, now, facts.map());
  }

  @Override
  public byte[] toBytes() {
    return Json.write(new State(version, window.toBytes(), levels.state()));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    version = kept.version();
    window.restore(kept.window());
    levels.restore(kept.levels());
  }
}
