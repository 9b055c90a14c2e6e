package dev.weir.auditor.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.LogisticModel;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.feature.FeatureLayout.Column;
import dev.weir.contracts.policy.EnergyTerms;
import dev.weir.contracts.policy.ExplanationTerms;
import dev.weir.contracts.policy.ProbeTerms;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.explain.Scorer;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against a logistic model, whose worst case in a box is known in closed form. */
class RobustnessCheckTest {
  private static final int ROWS = 300;
  private static final double THRESHOLD = 0.5;
  private static final double[] WEIGHTS = {1.5, -0.7, 0.2};
  private static final FeatureLayout NUMBERS =
      new FeatureLayout(List.of(new Column("a", 0), new Column("b", 0), new Column("c", 0)));

  private final float[][] rows = new float[ROWS][3];
  private final double[] labels = new double[ROWS];
  private final Scorer model = LogisticModel.of(0.1, WEIGHTS);

  RobustnessCheckTest() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 3; j++) {
        rows[i][j] = (float) random.nextGaussian();
      }
      labels[i] = random.nextDouble() < model.score(new float[][] {rows[i]})[0] ? 1 : 0;
    }
  }

  @Test
  void noiseFindsTheWorstCaseOfALogisticModel() {
    ScoreBand band = band(Attack.NOISE, 0.3, model, NUMBERS);

    for (int i = 0; i < ROWS; i++) {
      assertThat(band.high(i)).isCloseTo(worst(i, 0.3, 1), within(1e-6));
      assertThat(band.low(i)).isCloseTo(worst(i, 0.3, -1), within(1e-6));
    }
  }

  @Test
  void anAdversaryFindsItToo() {
    ScoreBand band = band(Attack.ADVERSARIAL, 0.3, model, NUMBERS);

    for (int i = 0; i < ROWS; i++) {
      assertThat(band.high(i)).isCloseTo(worst(i, 0.3, 1), within(1e-6));
      assertThat(band.low(i)).isCloseTo(worst(i, 0.3, -1), within(1e-6));
    }
  }

  /** A valley: corners lie high on both sides, and only a walk finds the bottom between them. */
  @Test
  void anAdversaryFindsWhatCornersMiss() {
    Scorer valley =
        input -> Arrays.stream(input).mapToDouble(x -> Math.min(1, Math.abs(x[0] - 0.4))).toArray();

    ScoreBand corners = band(Attack.NOISE, 1, valley, NUMBERS);
    ScoreBand walk = band(Attack.ADVERSARIAL, 1, valley, NUMBERS);

    int lower = 0;
    for (int i = 0; i < ROWS; i++) {
      lower += walk.low(i) < corners.low(i) - 0.1 ? 1 : 0;
    }
    assertThat(lower).isGreaterThan(ROWS / 10);
  }

  @Test
  void figuresFollowFromTheBand() {
    ScoreBand band =
        new ScoreBand(
            new double[] {0.6, 0.4, 0.9, 0.2},
            new double[] {0.4, 0.4, 0.8, 0.1},
            new double[] {0.7, 0.5, 0.9, 0.3});

    AttackResult result = AttackResult.of(Attack.NOISE, band, new double[] {1, 0, 1, 1}, THRESHOLD);

    assertThat(result.flipped()).isEqualTo(2);
    assertThat(result.flipRate()).isEqualTo(0.5);
    assertThat(result.flipRateLower()).isLessThan(0.5).isPositive();
    assertThat(result.meanChange()).isCloseTo((0.2 + 0.1 + 0.1 + 0.1) / 4, within(1e-12));
    assertThat(result.worstChange()).isCloseTo(0.2, within(1e-12));
    assertThat(result.accuracy()).isEqualTo(0.75);
    assertThat(result.accuracyUnderAttack()).isEqualTo(0.25);
    assertThat(result.brier()).isCloseTo((0.16 + 0.16 + 0.01 + 0.64) / 4, within(1e-12));
    assertThat(result.brierUnderAttack()).isCloseTo((0.36 + 0.25 + 0.04 + 0.81) / 4, within(1e-12));
    assertThat(result.scoresDigest()).hasSize(64).isEqualTo(band.digest());
  }

  @Test
  void aMissingNumberIsTheMeanOfThisModel() {
    ScoreBand band = band(Attack.MISSING, 1, model, NUMBERS);

    double logit = 0.1 + WEIGHTS[1] * rows[0][1] + WEIGHTS[2] * rows[0][2];
    double[] without = {
      sigmoid(logit),
      sigmoid(logit + WEIGHTS[0] * rows[0][0] - WEIGHTS[1] * rows[0][1]),
      sigmoid(logit + WEIGHTS[0] * rows[0][0] - WEIGHTS[2] * rows[0][2]),
      model.score(rows)[0]
    };
    assertThat(band.low(0)).isCloseTo(Arrays.stream(without).min().orElseThrow(), within(1e-9));
    assertThat(band.high(0)).isCloseTo(Arrays.stream(without).max().orElseThrow(), within(1e-9));
  }

  @Test
  void swapsTryTheWholeVocabulary() {
    FeatureLayout layout =
        new FeatureLayout(List.of(new Column("a", 5), new Column("b", 0), new Column("c", 0)));
    Scorer byCode = input -> Arrays.stream(input).mapToDouble(x -> x[0] / 10).toArray();
    float[][] coded = Columns.replaced(rows, 0, 3);

    ScoreBand band =
        new RobustnessCheck(byCode, layout, coded, terms(1), 1)
            .band(Attack.SWAP, coded)
            .orElseThrow();

    assertThat(band.low(0)).isCloseTo(0.1, within(1e-6));
    assertThat(band.high(0)).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void whatCannotBeDisturbedHasNoBand() {
    FeatureLayout categories =
        new FeatureLayout(List.of(new Column("a", 1), new Column("b", 1), new Column("c", 1)));

    RobustnessCheck check = check(model, categories, 1);

    assertThat(Arrays.stream(Attack.values()).filter(a -> check.band(a, rows).isPresent()))
        .containsExactly(Attack.MISSING);
  }

  @Test
  void missingValuesStayMissingUnderNoise() {
    float[][] holes = Columns.replaced(rows, 0, Float.NaN);
    Scorer onlyFirst = input -> Arrays.stream(input).mapToDouble(x -> x[0] > 0 ? 1 : 0).toArray();

    ScoreBand band =
        new RobustnessCheck(onlyFirst, NUMBERS, holes, terms(1), 1)
            .band(Attack.NOISE, holes)
            .orElseThrow();

    assertThat(band.high(0)).isZero();
  }

  @Test
  void extremesOfABoundedModelDoNotFail() {
    List<ExtremeInput> extremes = check(model, NUMBERS, 1).extremes(rows);

    assertThat(extremes).hasSize(12).noneMatch(ExtremeInput::hasFailed);
    assertThat(extremes).allSatisfy(e -> assertThat(e.worstChange()).isBetween(0.0, 1.0));
  }

  @Test
  void extremesThatHaveNoAnswerFail() {
    FeatureLayout layout =
        new FeatureLayout(List.of(new Column("a", 3), new Column("b", 0), new Column("c", 0)));
    Scorer fragile =
        input -> {
          if (input[0][0] > 3) {
            throw new ModelException(ModelException.Code.MODEL_INVALID, "no such code");
          }
          return Arrays.stream(input)
              .mapToDouble(x -> Math.abs(x[1]) > 1e30 ? Double.NaN : Math.min(1, x[2] * x[2]))
              .toArray();
        };

    List<ExtremeInput> extremes = check(fragile, layout, 1).extremes(rows);

    assertThat(extremes.stream().filter(ExtremeInput::hasFailed))
        .extracting(ExtremeInput::feature, ExtremeInput::input)
        .containsExactly(tuple("a", 4f), tuple("b", -Float.MAX_VALUE), tuple("b", Float.MAX_VALUE));
  }

  @Test
  void rowsAndLabelsMustAgree() {
    ScoreBand band = new ScoreBand(new double[] {0.1});

    assertThatThrownBy(() -> AttackResult.of(Attack.SWAP, band, new double[0], THRESHOLD))
        .hasMessageContaining("1 rows and 0 labels");
  }

  private ScoreBand band(Attack attack, double radius, Scorer scorer, FeatureLayout layout) {
    return check(scorer, layout, radius).band(attack, rows).orElseThrow();
  }

  private RobustnessCheck check(Scorer scorer, FeatureLayout layout, double radius) {
    return new RobustnessCheck(scorer, layout, rows, terms(radius), 1);
  }

  private static ProbeTerms terms(double radius) {
    return new ProbeTerms(EnergyTerms.DEFAULT, radius, radius, List.of(), ExplanationTerms.DEFAULT);
  }

  /** {@code σ(w·x ± Σ |wⱼ| min(r sⱼ, distance to the end of the range))}. */
  private double worst(int row, double radius, int direction) {
    double logit = 0.1;
    for (int j = 0; j < 3; j++) {
      double[] column = column(j);
      double sign = direction * Math.signum(WEIGHTS[j]);
      double moved = column[row] + sign * radius * deviation(column);
      double low = Arrays.stream(column).min().orElseThrow();
      double high = Arrays.stream(column).max().orElseThrow();
      logit += WEIGHTS[j] * Math.max(low, Math.min(high, moved));
    }
    return sigmoid(logit);
  }

  private double[] column(int feature) {
    return Arrays.stream(rows).mapToDouble(row -> row[feature]).toArray();
  }

  private static double deviation(double[] column) {
    return MeanEstimate.of(column).standardError() * Math.sqrt(ROWS);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
