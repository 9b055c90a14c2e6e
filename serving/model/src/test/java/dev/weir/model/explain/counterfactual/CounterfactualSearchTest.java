package dev.weir.model.explain.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.EncodedNetwork;
import dev.weir.model.explain.Predictor;
import dev.weir.model.network.DenseNetwork;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterfactualSearchTest {
  /** score = x₀ + 2 x₁ + x₂; each feature observed from 0 to 10. */
  private static final Predictor SUM =
      rows -> {
        double[][] outputs = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
          outputs[i] = new double[] {rows[i][0] + 2 * rows[i][1] + rows[i][2]};
        }
        return outputs;
      };

  private static final Background TENS =
      Background.of(new double[][] {{0, 0, 0}, {5, 5, 5}, {10, 10, 10}});

  @Test
  void oneFeatureIsChangedJustFarEnough() {
    Counterfactual actual = search(Set.of()).nearest(new double[3], Wanted.atLeast(12), 3);

    assertThat(actual.isValid()).isTrue();
    assertThat(actual.changed()).containsExactly(1);
    assertThat(actual.row().get(1)).isCloseTo(6, within(1e-4));
    assertThat(actual.score()).isGreaterThanOrEqualTo(12);
    assertThat(actual.proximity()).isCloseTo(0.6 / 3, within(1e-4));
  }

  @Test
  void immutableFeatureStaysAndOthersTakeItsPart() {
    Counterfactual actual = search(Set.of(1)).nearest(new double[3], Wanted.atLeast(12), 3);

    assertThat(actual.isValid()).isTrue();
    assertThat(actual.row().get(1)).isZero();
    assertThat(actual.changed()).containsExactly(0, 2);
    assertThat(actual.row()).allMatch(value -> value >= 0 && value <= 10);
  }

  @Test
  void whatCannotBeReachedIsSaidNotToBeValid() {
    Counterfactual actual = search(Set.of()).nearest(new double[3], Wanted.atLeast(30), 1);

    assertThat(actual.isValid()).isFalse();
    assertThat(actual.score()).isEqualTo(20);
    assertThat(search(Set.of()).nearest(new double[3], Wanted.below(1), 1).changed()).isEmpty();
  }

  /** No single observed value does better than the search by more than its grid allows. */
  @Test
  void rowsOfANetworkAreTurnedWithObservedCodesOnly() {
    DenseNetwork network = EncodedNetwork.of(3);
    Background background = Background.of(EncodedNetwork.rows(5, 60));
    CounterfactualSearch search =
        CounterfactualSearch.of(network, 1, background, Set.of(), Set.of(1));
    int valid = 0;
    for (double[] row : EncodedNetwork.rows(6, 20)) {
      boolean isPositive = network.score(row)[1] >= 0.5;
      Wanted wanted = isPositive ? Wanted.below(0.5) : Wanted.atLeast(0.5);
      Counterfactual actual = search.nearest(row, wanted, 3);
      assertThat(actual.row().get(1)).isIn(0.0, 1.0, 2.0, 3.0);
      if (actual.isValid()) {
        valid++;
        double[] found = actual.row().stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(network.score(found)[1] >= 0.5).isEqualTo(!isPositive);
        assertThat(actual.changed()).isNotEmpty();
      }
    }
    assertThat(valid).isGreaterThan(15);
  }

  private static CounterfactualSearch search(Set<Integer> immutable) {
    return CounterfactualSearch.of(SUM, 0, TENS, immutable, Set.of());
  }
}
