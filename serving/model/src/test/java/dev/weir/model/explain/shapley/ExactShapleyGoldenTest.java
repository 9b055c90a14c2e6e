package dev.weir.model.explain.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.ShapNetwork;
import dev.weir.model.network.DenseNetwork;
import dev.weir.testkit.golden.ShapCase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactShapleyGoldenTest {
  private static final double EXACT = 1e-12;
  private static final String VALUES = "exact_shapley";

  static List<ShapCase> all() {
    return ShapCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void networkAgreesWithBruteForceInNumpy(ShapCase golden) {
    agrees(golden, ShapNetwork.of(golden));
  }

  @ParameterizedTest
  @MethodSource("all")
  void scoringFunctionAloneAgreesToo(ShapCase golden) {
    DenseNetwork network = ShapNetwork.of(golden);
    Predictor opaque = network::score;
    agrees(golden, opaque);
  }

  private static void agrees(ShapCase golden, Predictor predictor) {
    ExactShapley explainer = ExactShapley.of(predictor, Background.of(golden.background()));
    double[][] rows = golden.rows();
    for (int i = 0; i < rows.length; i++) {
      Attribution actual = explainer.explain(rows[i]);
      for (int c = 0; c < actual.outputs(); c++) {
        assertThat(actual.values(c)).containsExactly(golden.values(VALUES, i, c), within(EXACT));
        assertThat(actual.prediction(c)).isCloseTo(golden.outputs()[i][c], within(EXACT));
        assertThat(actual.baseValue(c)).isCloseTo(golden.baseValue()[c], within(EXACT));
        assertThat(actual.additivityGap(c)).isCloseTo(0, within(EXACT));
      }
    }
  }
}
