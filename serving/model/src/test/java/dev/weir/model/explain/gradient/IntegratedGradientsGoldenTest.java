package dev.weir.model.explain.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.ShapFixture;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegratedGradientsGoldenTest {
  private static final double TOLERANCE = 1e-6;

  static Stream<ShapFixture> all() {
    return ShapFixture.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void baselineOfZerosAgreesWithCaptumsDefinition(ShapFixture golden) {
    double[] zeros = new double[golden.background().features()];
    agrees(golden, zeros, "integrated_gradients(");
  }

  @ParameterizedTest
  @MethodSource("all")
  void baselineOfTheMeanBackgroundAgreesToo(ShapFixture golden) {
    Background background = golden.background();
    double[] mean = new double[background.features()];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = Arrays.stream(background.column(j)).average().orElseThrow();
    }
    agrees(golden, mean, "integrated_gradients_baseline_mean_background");
  }

  private static void agrees(ShapFixture golden, double[] baseline, String member) {
    IntegratedGradients explainer =
        IntegratedGradients.of(golden.network(), baseline, IntegratedGradients.DEFAULT_STEPS);
    double[][] rows = golden.rows();
    for (int i = 0; i < rows.length; i++) {
      Attribution actual = explainer.explain(rows[i]);
      for (int c = 0; c < actual.outputs(); c++) {
        assertThat(actual.values(c))
            .containsExactly(golden.values(member, i, c), within(TOLERANCE));
      }
    }
  }
}
