package dev.weir.auditor.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.LogisticModel;
import dev.weir.auditor.privacy.MembershipInference.Attempt;
import dev.weir.auditor.privacy.MembershipInference.Method;
import dev.weir.auditor.privacy.MembershipInference.Result;
import dev.weir.model.explain.Scorer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembershipInferenceTest {
  private static final int ROWS = 1000;

  @Test
  void aModelThatRemembersItsRowsGivesThemAway() {
    Rows members = Rows.draw(ROWS, 1);
    Rows others = Rows.draw(ROWS, 2);
    Map<Integer, Double> memory = new HashMap<>();
    for (int i = 0; i < ROWS; i++) {
      memory.put(Arrays.hashCode(members.features()[i]), members.labels()[i]);
    }
    Scorer lookup =
        input ->
            Arrays.stream(input)
                .mapToDouble(x -> 0.1 + 0.8 * memory.getOrDefault(Arrays.hashCode(x), 0.5))
                .toArray();

    Result result = attack(lookup, members, others);

    assertThat(result.advantage().value()).isGreaterThan(0.99);
    assertThat(result.advantage().lower(0.025)).isGreaterThan(0.95);
  }

  @Test
  void aModelOfThreeWeightsGivesNothingAway() {
    Rows members = Rows.draw(ROWS, 1);
    Rows others = Rows.draw(ROWS, 2);

    Result result =
        attack(LogisticModel.fit(members.features(), members.labels()), members, others);

    assertThat(result.advantage().value()).isCloseTo(0, within(0.08));
    assertThat(result.attempts())
        .allSatisfy(a -> assertThat(a.lower()).isNegative())
        .allSatisfy(a -> assertThat(a.upper()).isPositive());
  }

  /** What the search finds by chance on one half is not there on the other. */
  @Test
  void theIntervalCoversZeroWhereNothingIsGivenAway() {
    int runs = 400;
    int covered = 0;
    double sum = 0;
    double fitted = 0;
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(run);
      Result result = normals(random, 0, 1, 200, run);
      covered +=
          result.advantage().lower(0.025) <= 0 && result.advantage().upper(0.025) >= 0 ? 1 : 0;
      sum += result.advantage().value();
      fitted += result.attempts().get(0).fittedAdvantage();
    }

    assertThat((double) covered / runs).isBetween(0.925, 0.98);
    assertThat(sum / runs).isCloseTo(0, within(0.01));
    assertThat(fitted / runs).as("advantage on the fitting half").isGreaterThan(0.06);
  }

  /** Normals one deviation apart: the best threshold has advantage 2 Φ(½) − 1 = 0.383. */
  @Test
  void aKnownAdvantageIsFound() {
    Result result = normals(new SplittableRandom(3), 1, 1, 20_000, 3);

    assertThat(result.attempts())
        .allSatisfy(a -> assertThat(a.advantage()).isCloseTo(0.383, within(0.02)));
  }

  /** Same mean, other spread: a threshold on the loss sees half of what a likelihood sees. */
  @Test
  void likelihoodSeesWhatTheLossDoesNot() {
    Result result = normals(new SplittableRandom(4), 0, 0.2, 20_000, 4);

    Attempt loss = result.attempts().get(0);
    Attempt likelihood = result.attempts().get(1);
    assertThat(result.stronger()).isEqualTo(Method.LIKELIHOOD_RATIO);
    assertThat(likelihood.advantage()).isGreaterThan(1.7 * loss.advantage());
    assertThat(result.advantage().value()).isCloseTo(likelihood.advantage(), within(1e-12));
  }

  @Test
  void aThresholdIsChosenOverTies() {
    MembershipThreshold threshold =
        MembershipThreshold.of(new double[] {1, 2, 2, 3}, new double[] {1, 1, 2, 2});

    assertThat(threshold.advantage()).isCloseTo(0.25, within(1e-12));
    assertThat(threshold.exceededBy(new double[] {3, 2.5, 3}).successes()).isEqualTo(2);
  }

  @Test
  void fewRowsGiveNoResult() {
    Rows few = Rows.draw(19, 1);
    Rows many = Rows.draw(ROWS, 2);
    double[] constant = new double[19];

    assertThat(MembershipInference.of(constant, few.labels(), new double[ROWS], many.labels(), 1))
        .isEmpty();
    assertThatThrownBy(() -> MembershipInference.of(constant, new double[3], constant, constant, 1))
        .hasMessageContaining("19 scores and 3 labels");
  }

  @Test
  void scoresOfZeroAndOneAreNoInfinity() {
    double[] labels = new double[ROWS];
    Arrays.fill(labels, 0, ROWS / 2, 1);

    Result result = MembershipInference.of(labels, labels, labels, labels, 1).orElseThrow();

    assertThat(result.advantage().value()).isZero();
  }

  private static Result attack(Scorer model, Rows members, Rows others) {
    return MembershipInference.of(
            model.score(members.features()),
            members.labels(),
            model.score(others.features()),
            others.labels(),
            1)
        .orElseThrow();
  }

  /** Members' φ is normal with that mean and deviation, the others' standard normal. */
  private static Result normals(
      SplittableRandom random, double mean, double deviation, int rows, long seed) {
    double[] labels = new double[rows];
    double[] members = new double[rows];
    double[] others = new double[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
      int sign = i % 2 == 1 ? 1 : -1;
      members[i] = sigmoid(sign * (mean + deviation * random.nextGaussian()));
      others[i] = sigmoid(sign * random.nextGaussian());
    }
    return MembershipInference.of(members, labels, others, labels, seed).orElseThrow();
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private record Rows(float[][] features, double[] labels) {
    static Rows draw(int count, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[][] features = new float[count][3];
      double[] labels = new double[count];
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < 3; j++) {
          features[i][j] = (float) random.nextGaussian();
        }
        labels[i] = random.nextDouble() < sigmoid(features[i][0]) ? 1 : 0;
      }
      return new Rows(features, labels);
    }
  }
}
