package dev.weir.model.explain.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.EncodedNetwork;
import dev.weir.model.explain.Predictor;
import dev.weir.model.network.DenseNetwork;
import org.junit.jupiter.api.Test;

class ExactShapleyTest {
  @Test
  void weightsOfAnEncodedNetworkGiveWhatItsScoresGive() {
    DenseNetwork network = EncodedNetwork.of(1);
    Predictor opaque = network::score;
    Background background = Background.of(EncodedNetwork.rows(2, 150));
    for (double[] row : EncodedNetwork.rows(3, 5)) {
      Attribution byWeights = ExactShapley.of(network, background).explain(row);
      Attribution byScores = ExactShapley.of(opaque, background).explain(row);
      for (int c = 0; c < 2; c++) {
        assertThat(byWeights.values(c)).containsExactly(byScores.values(c), within(1e-13));
        assertThat(byWeights.additivityGap(c)).isCloseTo(0, within(1e-13));
      }
    }
  }

  /** f = x₀ x₁ with one background row of zeros: both share the product. */
  @Test
  void productIsSharedAndAnUnusedFeatureGetsNothing() {
    Predictor product =
        rows -> {
          double[][] outputs = new double[rows.length][];
          for (int i = 0; i < rows.length; i++) {
            outputs[i] = new double[] {rows[i][0] * rows[i][1]};
          }
          return outputs;
        };
    Background zeros = Background.of(new double[][] {{0, 0, 0}});

    Attribution actual = ExactShapley.of(product, zeros).explain(new double[] {2, 3, 9});

    assertThat(actual.values(0)).containsExactly(3, 3, 0);
    assertThat(actual.baseValue(0)).isZero();
    assertThat(actual.prediction(0)).isEqualTo(6);
  }

  @Test
  void tooManyFeaturesAndAWrongWidthAreRefused() {
    Predictor any = rows -> new double[rows.length][1];
    assertThatThrownBy(() -> ExactShapley.of(any, Background.of(new double[1][21])))
        .hasMessageContaining("at most 20 features, there are 21");
    assertThatThrownBy(
            () -> ExactShapley.of(any, Background.of(new double[1][2])).explain(new double[3]))
        .hasMessageContaining("must have 2 values");
  }
}
