package dev.weir.auditor.leakage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.LogisticModel;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.feature.FeatureLayout.Column;
import dev.weir.contracts.policy.Metric;
import dev.weir.model.explain.Scorer;
import dev.weir.statistics.interval.AucEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A made-up twin of the flights: late is whoever arrives more than 15 minutes after plan. Hour,
 * carrier and distance tell a little of it; the delay at departure tells nearly all and is known
 * only when the flight has left.
 */
class LeakageCheckTest {
  private static final int ROWS = 2000;
  private static final double ALPHA = 0.05;
  private static final FeatureLayout WITH_DELAY =
      new FeatureLayout(
          List.of(
              new Column("hour", 24),
              new Column("carrier", 6),
              new Column("distance", 0),
              new Column("DepDelay", 0)));

  private final float[][] rows = new float[ROWS][];
  private final double[] labels = new double[ROWS];

  LeakageCheckTest() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < ROWS; i++) {
      int hour = random.nextInt(24);
      int carrier = random.nextInt(6);
      double distance = 200 + 2000 * random.nextDouble();
      double departure = -15 + 0.6 * hour + 2.5 * carrier + 22 * random.nextGaussian();
      double arrival = departure + 9 * random.nextGaussian();
      rows[i] = new float[] {hour + 1, carrier + 1, (float) distance, (float) departure};
      labels[i] = arrival > 15 ? 1 : 0;
    }
  }

  @Test
  void delayAtDepartureIsNamedAndNothingElse() {
    Scorer model = LogisticModel.fit(rows, labels);

    assertThat(auc(model)).isCloseTo(0.95, within(0.02));
    assertThat(suspects(check(model, WITH_DELAY))).containsExactly("DepDelay");
  }

  @Test
  void withoutItNothingIsNamed() {
    float[][] honest = columns(rows, 0, 1, 2);
    Scorer model = LogisticModel.fit(honest, labels);
    FeatureLayout layout = new FeatureLayout(WITH_DELAY.columns().subList(0, 3));
    LeakageCheck check = new LeakageCheck(model, honest, labels, 1);

    assertThat(suspects(check.of(layout, Set.of()))).isEmpty();
  }

  /** Each of two copies covers for the other when it is shuffled; alone they give it away. */
  @Test
  void twoCopiesAreBothNamed() {
    float[][] doubled = columns(rows, 0, 1, 2, 3, 3);
    FeatureLayout layout = layout("hour", "carrier", "distance", "DepDelay", "copy");
    LeakageCheck check = new LeakageCheck(LogisticModel.fit(doubled, labels), doubled, labels, 1);

    List<FeatureLeakage> found = check.of(layout, Set.of());

    assertThat(suspects(found)).containsExactly("DepDelay", "copy");
    assertThat(found.get(3).drop().value()).isLessThan(0.3);
  }

  /** Planned and actual time of departure tell little; their difference is the delay. */
  @Test
  void differenceOfTwoIsNamedByTheDrop() {
    float[][] times = new float[ROWS][];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < ROWS; i++) {
      float planned = (float) (1440 * random.nextDouble());
      times[i] = new float[] {planned, planned + rows[i][3]};
    }
    Scorer model = input -> LogisticModel.of(-0.5, 0.1).score(difference(input));

    List<FeatureLeakage> found =
        new LeakageCheck(model, times, labels, 1).of(layout("CRSDepTime", "DepTime"), Set.of());

    assertThat(found).allSatisfy(f -> assertThat(f.alone().value()).isLessThan(0.6));
    assertThat(suspects(found)).containsExactly("CRSDepTime", "DepTime");
  }

  @Test
  void aDeclaredFeatureIsNamedWhateverItTells() {
    Scorer model = LogisticModel.fit(rows, labels);
    LeakageCheck check = new LeakageCheck(model, rows, labels, 1);

    List<FeatureLeakage> found = check.of(WITH_DELAY, Set.of("distance", "absent"));

    assertThat(suspects(found)).containsExactly("distance", "DepDelay");
    assertThat(found.get(2).accountedAuc().orElseThrow().value()).isLessThan(0.6);
  }

  /** Hundreds of values and nothing to tell: means of the same rows would rank them well. */
  @Test
  void manyValuesDoNotTellByThemselves() {
    SplittableRandom random = new SplittableRandom(11);
    float[] tail = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      tail[i] = random.nextInt(500);
    }

    double[] scores = FeatureAlone.scores(tail, labels, true, random);

    AucEstimate alone = AucEstimate.of(scores, labels).orElseThrow();
    assertThat(alone.value()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void aMissingValueCanTellToo() {
    float[] values = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = labels[i] == 1 ? Float.NaN : i;
    }

    double[] scores = FeatureAlone.scores(values, labels, false, new SplittableRandom(1));

    assertThat(AucEstimate.of(scores, labels).orElseThrow().value()).isGreaterThan(0.99);
  }

  @Test
  void oneClassIsUndefined() {
    LeakageCheck check = new LeakageCheck(x -> new double[x.length], rows, new double[ROWS], 1);

    FeatureLeakage found = check.of(WITH_DELAY, Set.of()).get(3);

    assertThat(found.accountedAuc()).isEmpty();
    assertThat(found.isSuspect(FeatureLeakage.SUSPICIOUS_AUC, ALPHA)).isFalse();
  }

  /** A gate then has too few rows, not a model without features. */
  @Test
  void withoutRowsEveryFeatureIsUndefined() {
    LeakageCheck check =
        new LeakageCheck(x -> new double[x.length], new float[0][], new double[0], 1);

    List<Measured> measured =
        new LeakageMeasurements(check.of(WITH_DELAY, Set.of("distance"))).of(Metric.LEAKAGE);

    assertThat(measured).hasSize(4);
    assertThat(measured.get(0).estimate()).isNull();
    assertThat(measured.get(0).isAssessable()).isTrue();
    assertThat(measured.get(2).group()).isEqualTo("feature=distance");
    assertThat(measured.get(2).estimate().value()).isEqualTo(1);
  }

  @Test
  void sameSeedSameFigures() {
    Scorer model = LogisticModel.of(0, 0, 0, 0, 0.1);

    assertThat(check(model, WITH_DELAY)).isEqualTo(check(model, WITH_DELAY));
  }

  private List<FeatureLeakage> check(Scorer model, FeatureLayout layout) {
    return new LeakageCheck(model, rows, labels, 1).of(layout, Set.of());
  }

  private double auc(Scorer model) {
    return AucEstimate.of(model.score(rows), labels).orElseThrow().value();
  }

  private static List<String> suspects(List<FeatureLeakage> found) {
    return found.stream()
        .filter(f -> f.isSuspect(FeatureLeakage.SUSPICIOUS_AUC, ALPHA))
        .map(FeatureLeakage::feature)
        .toList();
  }

  private static FeatureLayout layout(String... numbers) {
    return new FeatureLayout(Arrays.stream(numbers).map(name -> new Column(name, 0)).toList());
  }

  private static float[][] columns(float[][] rows, int... columns) {
    float[][] chosen = new float[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        chosen[i][j] = rows[i][columns[j]];
      }
    }
    return chosen;
  }

  private static float[][] difference(float[][] rows) {
    float[][] difference = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      difference[i] = new float[] {rows[i][1] - rows[i][0]};
    }
    return difference;
  }
}
