package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.statistics.multiple.AdjustedPValues;
import dev.weir.statistics.twosample.RiseTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alarms when more values than in the champion's training rows are missing (numbers), outside the
 * range that training saw (numbers) or unseen (code 0 of categories): one-sided exact tests ({@link
 * RiseTest}), and a rise of the share by {@code monitors.quality.rise} at least.
 *
 * <p>Windows follow one another as in {@link FeatureDrift}. The family is checks × windows of a
 * week: windows spend a third of {@code monitors.level}, as volume and label delays have the other
 * two, and within a window Holm's correction holds over the checks.
 */
final class RowQuality implements Monitor {
  /** Rows, volume and label delays share the level of a week. */
  static final int FAMILIES = 3;

  private final ModelSpec spec;
  private final LiveWindow window = new LiveWindow();
  private final WeeklyLevel levels;
  private int version;
  private @Nullable ReferenceProfile reference;

  private record State(int version, byte @Nullable [] window, WeeklyLevel.State levels) {}

  /** A count that should not rise: {@code before} of {@code n}, {@code now} of {@code m}. */
  private record Check(
      String what, String detector, double p, double before, double now, long n, long m) {
    static Check rate(String what, long before, long n, long now, long m) {
      double p = RiseTest.rate(before, n, now, m);
      return new Check(what, "fisher", p, (double) before / n, (double) now / m, n, m);
    }

    static Check outside(String name, long outside, long n, long m) {
      double p = RiseTest.outside(outside, n, m);
      return new Check(name + " outside", "range", p, 0, (double) outside / m, n, m);
    }

    double rise() {
      return now - before;
    }
  }

  RowQuality(ModelSpec spec) {
    this.spec = spec;
    this.levels = new WeeklyLevel(spec.monitors().level() / FAMILIES);
  }

  @Override
  public String name() {
    return "row-quality";
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
    // What came in needs no label.
  }

  @Override
  public List<Signal> tick(Instant now) {
    RowTally live = window.tally();
    ReferenceProfile profile = reference;
    if (profile == null || live == null || live.rows() < spec.monitors().quality().window()) {
      return List.of();
    }
    window.clear();
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < profile.features().size(); i++) {
      addChecks(profile.features().get(i), live, i, checks);
    }
    return checks.isEmpty() ? List.of() : judged(checks, now);
  }

  private static void addChecks(
      Distribution before, RowTally live, int variable, List<Check> into) {
    long[] counts = live.counts(variable);
    long present = Arrays.stream(counts).sum();
    long presentBefore = before.counts().stream().mapToLong(c -> c).sum();
    long n = presentBefore + before.missing();
    long m = present + live.missing(variable);
    if (n == 0 || m == 0) {
      return;
    }
    if (before instanceof Distribution.Codes) {
      into.add(Check.rate(before.name() + " unseen", before.counts().get(0), n, counts[0], m));
      return;
    }
    into.add(
        Check.rate(before.name() + " missing", before.missing(), n, live.missing(variable), m));
    if (presentBefore > 0 && present > 0) {
      into.add(Check.outside(before.name(), live.outside(variable), presentBefore, present));
    }
  }

  private List<Signal> judged(List<Check> checks, Instant now) {
    double level = levels.next(now);
    double[] adjusted = AdjustedPValues.holm(checks.stream().mapToDouble(Check::p).toArray());
    List<Signal> signals = new ArrayList<>();
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < adjusted.length; i++) {
      Check check = checks.get(i);
      largest = Math.max(largest, check.rise());
      if (adjusted[i] <= level && check.rise() >= spec.monitors().quality().rise()) {
        signals.add(alarm(check, adjusted[i], level, now));
      }
    }
    Facts facts =
        new Facts()
            .with("tested", checks.size())
            .with("alarms", signals.size())
            .with("smallestAdjustedP", Arrays.stream(adjusted).min().orElse(1))
            .with("largestRise", largest)
            .with("level", level);
    signals.add(signal("fisher, range", "rows", false, now, facts));
    return signals;
  }

  private Signal alarm(Check check, double adjusted, double level, Instant now) {
    Facts facts =
        new Facts()
            .with("p", check.p())
            .with("adjustedP", adjusted)
            .with("level", level)
            .with("shareBefore", check.before())
            .with("share", check.now())
            .with("referenceRows", check.n())
            .with("liveRows", check.m());
    return signal(check.detector(), check.what(), true, now, facts);
  }

  private Signal signal(String by, String what, boolean isAlarm, Instant now, Facts facts) {
    return new Signal(spec.model(), version, "quality", by, what, isAlarm, now, facts.map());
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
