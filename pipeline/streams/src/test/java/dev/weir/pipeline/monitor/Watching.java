package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A seeded stream for monitors: number {@code amount}, category {@code branch} of three codes, and
 * groups a and b in {@code branch}; told by 1 or more partitions, with or without restarts.
 */
final class Watching {
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureLayout.Column("amount", 0),
              new FeatureLayout.Column("branch", 3),
              new FeatureLayout.Column("rate", 0)));

  /** The profile of 3000 plain events. */
  static final ReferenceProfile REFERENCE = reference(1);

  /** What events are like from some event on. */
  record Shape(
      double amountShift,
      double missing,
      double unseen,
      double calibrationShift,
      double selectionGap,
      Duration labelDelay,
      int rowsPerTick) {
    static final Shape PLAIN = new Shape(0, 0.01, 0.01, 0, 0, Duration.ofHours(3), 100);

    Shape amounts(double shift) {
      return new Shape(
          shift, missing, unseen, calibrationShift, selectionGap, labelDelay, rowsPerTick);
    }

    Shape gaps(double moreMissing, double moreUnseen) {
      return new Shape(
          amountShift,
          moreMissing,
          moreUnseen,
          calibrationShift,
          selectionGap,
          labelDelay,
          rowsPerTick);
    }

    Shape worse(double shift) {
      return new Shape(amountShift, missing, unseen, shift, selectionGap, labelDelay, rowsPerTick);
    }

    Shape unfair(double gap) {
      return new Shape(
          amountShift, missing, unseen, calibrationShift, gap, labelDelay, rowsPerTick);
    }

    Shape delayed(Duration delay) {
      return new Shape(
          amountShift, missing, unseen, calibrationShift, selectionGap, delay, rowsPerTick);
    }

    Shape volume(int rows) {
      return new Shape(
          amountShift, missing, unseen, calibrationShift, selectionGap, labelDelay, rows);
    }
  }

  /** One event. */
  record Seen(FeatureVector features, Watched outcome) {}

  private final SplittableRandom random;
  private final int partitions;
  private int events;
  private int ticks;

  Watching(long seed, int partitions) {
    this.random = new SplittableRandom(seed);
    this.partitions = partitions;
  }

  static ReferenceProfile reference(long seed) {
    Watching training = new Watching(seed, 1);
    List<FeatureVector> rows = new ArrayList<>();
    double[] predictions = new double[3000];
    double[] labels = new double[3000];
    for (int i = 0; i < predictions.length; i++) {
      Seen seen = training.event(Shape.PLAIN);
      rows.add(seen.features());
      predictions[i] = seen.outcome().probability();
      labels[i] = seen.outcome().label();
    }
    return ReferenceProfile.of(LAYOUT, rows, predictions, labels);
  }

  Seen event(Shape shape) {
    double amount = 10 + normal() + shape.amountShift();
    boolean isMissing = random.nextDouble() < shape.missing();
    int branch = random.nextDouble() < shape.unseen() ? 0 : 1 + random.nextInt(3);
    boolean isOfA = random.nextBoolean();
    double p = 1 / (1 + Math.exp(-(amount - 10)));
    double truth = Math.min(1, Math.max(0, p + shape.calibrationShift()));
    int label = random.nextDouble() < truth ? 1 : 0;
    double bar = 0.5 + (isOfA ? 0 : shape.selectionGap());
    Instant time = START.plus(Duration.ofMinutes(events));
    Duration delay =
        Duration.ofSeconds(
            (long) (shape.labelDelay().toSeconds() * -Math.log(random.nextDouble())));
    Watched outcome =
        new Watched(
            "e" + events++,
            1,
            ServingRole.CHAMPION,
            p,
            p >= bar,
            label,
            time,
            time.plus(delay),
            Map.of("branch", isOfA ? "a" : "b"));
    FeatureVector features =
        FeatureVector.of(
            isMissing ? Float.NaN : (float) amount, branch, (float) random.nextDouble());
    return new Seen(features, outcome);
  }

  private double normal() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  /** One hour: rows of a tick, spread over the partitions, each tallied there and then summed. */
  List<Signal> hour(Monitor monitor, @Nullable ReferenceProfile reference, Shape shape) {
    List<RowCounter> counters = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      counters.add(new RowCounter(1, reference));
    }
    List<Watched> outcomes = new ArrayList<>();
    for (int i = 0; i < shape.rowsPerTick(); i++) {
      Seen seen = event(shape);
      RowCounter counter =
          counters.get(Math.floorMod(seen.outcome().eventId().hashCode(), partitions));
      counter.row(seen.features());
      counter.prediction(seen.outcome().probability());
      counter.label(seen.outcome().eventTime(), seen.outcome().labelTime());
      outcomes.add(seen.outcome());
    }
    RowTally sum = RowTally.of(1, reference);
    for (RowCounter each : counters) {
      sum.add(RowTally.fromBytes(each.tally().toBytes()));
    }
    monitor.rows(sum);
    outcomes.stream().sorted().forEach(monitor::outcome);
    return monitor.tick(START.plus(Duration.ofHours(++ticks)));
  }

  /** Hours of a shape, all signals. */
  List<Signal> hours(int count, Monitor monitor, ReferenceProfile reference, Shape shape) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.addAll(hour(monitor, reference, shape));
    }
    return signals;
  }

  /** The same, but a new monitor takes over the state after every hour; returns the last one. */
  Monitor restarted(
      int count, Supplier<Monitor> monitors, Monitor first, Shape shape, List<Signal> signals) {
    Monitor monitor = first;
    for (int i = 0; i < count; i++) {
      signals.addAll(hour(monitor, REFERENCE, shape));
      byte[] kept = monitor.toBytes();
      monitor = monitors.get();
      monitor.restore(kept);
      monitor.champion(1, REFERENCE);
    }
    return monitor;
  }
}
