package dev.weir.model.explain.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.ShapFixture;
import dev.weir.model.network.DenseNetwork;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactShapleyGoldenTest {
  private static final double EXACT = 1e-12;
  private static final String VALUES = "exact_shapley";

  static Stream<ShapFixture> all() {
    return ShapFixture.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void networkAgreesWithBruteForceInNumpy(ShapFixture golden) {
    agrees(golden, golden.network());
  }

  @ParameterizedTest
  @MethodSource("all")
  void scoringFunctionAloneAgreesToo(ShapFixture golden) {
    DenseNetwork network = golden.network();
    Predictor opaque = network::score;
    agrees(golden, opaque);
  }

  private static void agrees(ShapFixture golden, Predictor predictor) {
    ExactShapley explainer = ExactShapley.of(predictor, golden.background());
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
