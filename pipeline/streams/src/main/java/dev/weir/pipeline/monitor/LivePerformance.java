package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Monitoring;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.CalibrationEstimate;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.SkewedMean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures the champion's Brier loss, log loss, area under the ROC curve and calibration error on
 * its delayed labels, in windows of {@code monitors.performance.window} outcomes, and alarms when
 * one got worse than in its first window. (The losses in the reference profile are of training rows
 * and too good to compare with.)
 *
 * <p>Three one-sided tests: the difference of Brier losses with bounds corrected for skewness
 * ({@link SkewedMean}), the difference of areas with DeLong's variances, and the calibration
 * error's lower bound above the former's upper bound, each at half the level ({@link
 * CalibrationEstimate}). Each has a third of the level of its window (Bonferroni), the windows of a
 * week spend {@code monitors.level} ({@link WeeklyLevel}). The log loss has no bound that holds, as
 * one row may lose anything: it is reported. What is undefined, an area with one class, has no
 * value and no test.
 */
final class LivePerformance implements Monitor {
  private static final int MEASURES = 3;
  private static final double NO_LEVEL = Double.NaN;

  private final ModelSpec spec;
  private final Monitoring.Performance terms;
  private final WeeklyLevel levels;
  private int version;
  private @Nullable Scores before;
  private Scores window = new Scores();
  private final List<Signal> told = new ArrayList<>();

  private record State(
      int version,
      byte @Nullable [] before,
      byte[] window,
      WeeklyLevel.State levels,
      List<Signal> told) {}

  LivePerformance(ModelSpec spec) {
    this.spec = spec;
    this.terms = spec.monitors().performance();
    this.levels = new WeeklyLevel(spec.monitors().level());
  }

  @Override
  public String name() {
    return "performance";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile profile) {
    if (champion != version) {
      version = champion;
      before = null;
      window = new Scores();
    }
  }

  @Override
  public void rows(RowTally tally) {
    // Losses need labels.
  }

  @Override
  public void outcome(Watched outcome) {
    if (outcome.isDecisionOf(version)) {
      window.add(outcome.probability(), outcome.label());
      if (window.size() == terms.window()) {
        close(outcome.labelTime());
      }
    }
  }

  /** Returns what the windows since the last tick said, each with the time of its last label. */
  @Override
  public List<Signal> tick(Instant now) {
    List<Signal> signals = List.copyOf(told);
    told.clear();
    return signals;
  }

  private void close(Instant now) {
    Scores current = window;
    Scores reference = before;
    window = new Scores();
    if (reference == null) {
      before = current;
    }
    double level = reference == null ? NO_LEVEL : levels.next(now) / MEASURES;
    told.add(brier(reference, current, level, now));
    told.add(auc(reference, current, level, now));
    told.add(calibration(reference, current, level, now));
    Facts facts = facts(current, NO_LEVEL).with("value", current.logLoss());
    if (reference != null) {
      facts.with("before", reference.logLoss());
    }
    told.add(signal("mean", "logLoss", false, now, facts));
  }

  private Signal brier(@Nullable Scores reference, Scores current, double level, Instant now) {
    SkewedMean value = current.brier();
    Facts facts = facts(current, level).with("value", value.value());
    boolean isAlarm = false;
    if (reference != null) {
      SkewedMean rise = SkewedMean.difference(value, reference.brier());
      facts.with("before", reference.brier().value()).with("surelyAbove", rise.lower(level));
      isAlarm = rise.lower(level) > 0 && rise.value() >= terms.brierRise();
    }
    return signal("hall", "brier", isAlarm, now, facts);
  }

  private Signal auc(@Nullable Scores reference, Scores current, double level, Instant now) {
    Optional<AucEstimate> value = current.auc();
    Facts facts = facts(current, level);
    value.ifPresent(each -> facts.with("value", each.value()));
    Optional<AucEstimate> former =
        reference == null ? Optional.<AucEstimate>empty() : reference.auc();
    former.ifPresent(each -> facts.with("before", each.value()));
    boolean isAlarm = false;
    if (value.isPresent() && former.isPresent()) {
      IndependentDifference fall = new IndependentDifference(former.get(), value.get());
      facts.with("surelyBelow", fall.lower(level));
      isAlarm = fall.lower(level) > 0 && fall.value() >= terms.aucFall();
    }
    return signal("delong", "auc", isAlarm, now, facts);
  }

  private Signal calibration(
      @Nullable Scores reference, Scores current, double level, Instant now) {
    CalibrationEstimate value = current.calibration();
    Facts facts = facts(current, level).with("value", value.value());
    boolean isAlarm = false;
    if (reference != null) {
      CalibrationEstimate former = reference.calibration();
      double surely = value.lower(level / 2) - former.upper(level / 2);
      facts.with("before", former.value()).with("surelyAbove", surely);
      isAlarm = surely > 0 && value.value() - former.value() >= terms.calibrationRise();
    }
    return signal("ece, 10 equal widths", "calibrationError", isAlarm, now, facts);
  }

  private static Facts facts(Scores current, double level) {
    return new Facts()
        .with("rows", current.size())
        .with("positives", current.positives())
        .with("level", level);
  }

  private Signal signal(String by, String what, boolean isAlarm, Instant now, Facts facts) {
    return new Signal(spec.model(), version, "performance", by, what, isAlarm, now, facts.map());
  }

  @Override
  public byte[] toBytes() {
    byte[] reference = before == null ? null : before.toBytes();
    return Json.write(new State(version, reference, window.toBytes(), levels.state(), told));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    version = kept.version();
    before = kept.before() == null ? null : Scores.fromBytes(kept.before());
    window = Scores.fromBytes(kept.window());
    levels.restore(kept.levels());
    told.clear();
    told.addAll(kept.told());
  }
}
