package dev.weir.statistics.mitigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MitigationTest {
  private static final List<String> GROUPS = List.of("a", "a", "a", "b");

  @Test
  void reweighedGroupAndLabelAreIndependent() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 500;
    List<String> groups = new ArrayList<>();
    double[] labels = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      groups.add(random.nextDouble() < 0.3 ? "a" : "b");
      labels[i] = random.nextDouble() < (groups.get(i).equals("a") ? 0.2 : 0.6) ? 1 : 0;
      weights[i] = 0.5 + random.nextDouble();
    }
    double[] factors = Reweighing.fit(groups, labels, weights).factors(groups, labels);
    double[] rates = new double[2];
    double[] totals = new double[2];
    for (int i = 0; i < n; i++) {
      int group = groups.get(i).equals("a") ? 0 : 1;
      rates[group] += factors[i] * weights[i] * labels[i];
      totals[group] += factors[i] * weights[i];
    }
    assertThat(rates[0] / totals[0]).isCloseTo(rates[1] / totals[1], within(1e-12));
  }

  @Test
  void aCellWithoutRowsHasNoFactor() {
    Reweighing reweighing = Reweighing.fit(GROUPS, new double[] {0, 1, 1, 1});
    assertThatThrownBy(() -> reweighing.factor("b", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group b with label 0");
  }

  @Test
  void thresholdsNeedBothClassesInEachGroup() {
    assertThatThrownBy(
            () ->
                ThresholdOptimizer.fit(
                    Parity.DEMOGRAPHIC_PARITY,
                    new double[] {.1, .2, .3, .4},
                    new double[] {0, 1, 1, 1},
                    GROUPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group b");
  }

  @Test
  void theBestMemberAloneStaysWithinTheSlackWhereOneDoes() {
    var within = new Mixture.Member<>("within", 0.5, new double[0], 0.3, 0.01);
    var violates = new Mixture.Member<>("violates", 0.5, new double[0], 0.1, 0.2);
    assertThat(new Mixture<>(List.of(violates, within), 0.02, 0, 2).best()).isSameAs(within);
  }

  @Test
  void aWeightOfZeroIsRefused() {
    assertThatThrownBy(
            () -> Reweighing.fit(GROUPS, new double[] {0, 1, 1, 1}, new double[] {1, 1, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at 2");
  }
}
