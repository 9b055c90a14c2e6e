package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alarms when labels come sooner or later after their events than under the champion at first: a
 * chi-square test over the bins of {@link LabelDelays}, rare ones merged, and at least {@code
 * monitors.drift.psiAbove} of effect ({@link Change}). The first window of {@code
 * monitors.quality.window} labels is what the next ones are compared with.
 *
 * <p>Windows of a week spend a third of {@code monitors.level}. Labels are counted as they come, so
 * where the number of events changes fast, the mix of delays does too, for as long as delays last.
 */
final class LabelDelayDrift implements Monitor {
  private final ModelSpec spec;
  private final WeeklyLevel levels;
  private int version;
  private long @Nullable [] before;
  private long[] window = new long[LabelDelays.BINS];

  @SuppressWarnings("ArrayRecordComponent")
  private record State(
      int version, long @Nullable [] before, long[] window, WeeklyLevel.State levels) {}

  LabelDelayDrift(ModelSpec spec) {
    this.spec = spec;
    this.levels = new WeeklyLevel(spec.monitors().level() / RowQuality.FAMILIES);
  }

  @Override
  public String name() {
    return "label-delays";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile profile) {
    if (champion != version) {
      version = champion;
      before = null;
      window = new long[LabelDelays.BINS];
    }
  }

  @Override
  public void rows(RowTally tally) {
    if (version > 0 && tally.version() == version) {
      long[] came = tally.labelDelays();
      for (int bin = 0; bin < came.length; bin++) {
        window[bin] += came[bin];
      }
    }
  }

  @Override
  public void outcome(Watched outcome) {
    // The tally has all labels, those of unscored rows too.
  }

  @Override
  public List<Signal> tick(Instant now) {
    if (Arrays.stream(window).sum() < spec.monitors().quality().window()) {
      return List.of();
    }
    long[] current = window;
    long[] reference = before;
    window = new long[LabelDelays.BINS];
    if (reference == null) {
      before = current;
      return List.of();
    }
    return List.of(compared(reference, current, now));
  }

  private Signal compared(long[] reference, long[] current, Instant now) {
    double level = levels.next(now);
    // All in one bin, as they were: no change.
    Change change =
        Change.of(reference, current)
            .orElseGet(
                () ->
                    new Change(
                        1, 0, 0, 1, Arrays.stream(reference).sum(), Arrays.stream(current).sum()));
    boolean isAlarm = change.p() <= level && change.excess() >= spec.monitors().drift().psiAbove();
    Facts facts =
        change
            .facts()
            .with("level", level)
            .with("medianSecondsBefore", median(reference))
            .with("medianSeconds", median(current));
    String detector = "chi-square, quarter octaves";
    return new Signal(
        spec.model(), version, "quality", detector, "label delay", isAlarm, now, facts.map());
  }

  /** Returns the shortest delay in the bin of the median, in seconds. */
  private static double median(long[] counts) {
    long half = (Arrays.stream(counts).sum() + 1) / 2;
    int bin = 0;
    for (long seen = counts[0]; seen < half; seen += counts[bin]) {
      bin++;
    }
    return LabelDelays.from(bin).toSeconds();
  }

  @Override
  public byte[] toBytes() {
    return Json.write(new State(version, before, window, levels.state()));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    version = kept.version();
    before = kept.before();
    window = kept.window();
    levels.restore(kept.levels());
  }
}
