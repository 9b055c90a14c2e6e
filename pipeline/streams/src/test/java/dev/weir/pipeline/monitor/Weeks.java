package dev.weir.pipeline.monitor;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Seeded weeks of rows with 15 numbers N(0, 1) and 5 categories of ten codes, two per mille of them
 * missing or unseen, and uniform predictions, and the profile of 3000 such rows.
 */
final class Weeks {
  static final int NUMBERS = 15;
  static final int CATEGORIES = 5;
  static final int ROWS = 10_000;
  static final int WINDOW = 1000;
  private static final int REFERENCE = 3000;
  private static final int CODES = 10;
  private static final double GAPS = 0.002;
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final FeatureLayout LAYOUT = layout();

  private final SplittableRandom random;
  private final double dayEffect;
  private final double[] day = new double[NUMBERS];
  private int today = -1;

  /** What is different from the training rows in the first number and the first category. */
  record Shift(double number, double category, double missing) {
    static final Shift NONE = new Shift(0, 0, 0);
  }

  /**
   * Creates weeks.
   *
   * @param dayEffect standard deviation of a term that all rows of a day have in common, a number
   *     for each number; 0 for independent rows
   */
  Weeks(long seed, double dayEffect) {
    this.random = new SplittableRandom(seed);
    this.dayEffect = dayEffect;
  }

  private static FeatureLayout layout() {
    List<FeatureLayout.Column> columns = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      columns.add(new FeatureLayout.Column("n" + i, 0));
    }
    for (int i = 0; i < CATEGORIES; i++) {
      columns.add(new FeatureLayout.Column("c" + i, CODES));
    }
    return new FeatureLayout(columns);
  }

  /** Returns a spec of these rows, with the given terms under {@code monitors}. */
  static ModelSpec spec(String monitors) {
    StringBuilder features = new StringBuilder();
    for (FeatureLayout.Column column : LAYOUT.columns()) {
      String type =
          column.isCategory() ? "category, values: [a, b, c, d, e, f, g, h, i, j]" : "number";
      features.append("  - {name: ").append(column.name()).append(", type: ").append(type);
      features.append("}\n");
    }
    String text =
        """
        model: weeks
        version: 1
        events:
          features: {topic: f, id: id, time: at}
          labels: {topic: l, id: id, time: at, value: y}
        training: {network: {hidden: [4]}}
        triggers: {volume: {examples: 100}, drift: {}}
        groups: [{name: g, classes: {a: [a], b: [b]}}]
        features:
        """;
    return SpecReader.parse("weeks", text + features + "monitors: {" + monitors + "}\n");
  }

  ReferenceProfile reference() {
    List<FeatureVector> rows = new ArrayList<>();
    for (int i = 0; i < REFERENCE; i++) {
      rows.add(row(7 * i / REFERENCE, Shift.NONE));
    }
    double[] said = DoubleStream.generate(random::nextDouble).limit(REFERENCE).toArray();
    return ReferenceProfile.of(LAYOUT, rows, said, new double[REFERENCE]);
  }

  /** Returns whether each monitor alarms in the rows of a week, or in its first window. */
  boolean[] alarms(List<ModelSpec> specs, ReferenceProfile reference, int rows, Shift shift) {
    List<Monitor> monitors = new ArrayList<>();
    for (ModelSpec spec : specs) {
      monitors.add(new FeatureDrift(spec));
      monitors.add(new RowQuality(spec));
    }
    monitors.forEach(each -> each.champion(1, reference));
    boolean[] alarmed = new boolean[monitors.size()];
    for (int from = 0; from < rows; from += WINDOW) {
      RowTally tally = window(reference, from, shift);
      Instant now = MONDAY.plus(Duration.ofMinutes(1 + from));
      for (int i = 0; i < alarmed.length; i++) {
        monitors.get(i).rows(tally);
        alarmed[i] |= !Alarms.in(monitors.get(i).tick(now)).isEmpty();
      }
    }
    return alarmed;
  }

  private RowTally window(ReferenceProfile reference, int from, Shift shift) {
    RowCounter counter = new RowCounter(1, reference);
    for (int i = from; i < from + WINDOW; i++) {
      counter.row(row(7 + 7 * i / ROWS, shift));
      counter.prediction(random.nextDouble());
    }
    return counter.tally();
  }

  private void turnTo(int current) {
    if (current != today) {
      today = current;
      for (int i = 0; i < NUMBERS; i++) {
        day[i] = dayEffect * random.nextGaussian();
      }
    }
  }

  private FeatureVector row(int current, Shift shift) {
    turnTo(current);
    float[] values = new float[NUMBERS + CATEGORIES];
    for (int i = 0; i < NUMBERS; i++) {
      double value = random.nextGaussian() + day[i] + (i == 0 ? shift.number() : 0);
      boolean isMissing = random.nextDouble() < GAPS + (i == 0 ? shift.missing() : 0);
      values[i] = isMissing ? Float.NaN : (float) value;
    }
    for (int i = NUMBERS; i < values.length; i++) {
      // Codes 1 to 10, the first the most frequent.
      double u = random.nextDouble();
      int code = 1 + (int) (CODES * u * u);
      boolean isFirst = i == NUMBERS && random.nextDouble() < shift.category();
      values[i] = random.nextDouble() < GAPS ? 0 : isFirst ? CODES : code;
    }
    return FeatureVector.of(values);
  }
}
