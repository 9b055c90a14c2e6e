package dev.weir.model.explain.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.ShapNetwork;
import dev.weir.testkit.golden.ShapCase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegratedGradientsGoldenTest {
  private static final double TOLERANCE = 1e-6;

  static List<ShapCase> all() {
    return ShapCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void baselineOfZerosAgreesWithCaptumsDefinition(ShapCase golden) {
    double[] zeros = new double[golden.background()[0].length];
    agrees(golden, zeros, "integrated_gradients(");
  }

  @ParameterizedTest
  @MethodSource("all")
  void baselineOfTheMeanBackgroundAgreesToo(ShapCase golden) {
    Background background = Background.of(golden.background());
    double[] mean = new double[background.features()];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = Arrays.stream(background.column(j)).average().orElseThrow();
    }
    agrees(golden, mean, "integrated_gradients_baseline_mean_background");
  }

  private static void agrees(ShapCase golden, double[] baseline, String member) {
    IntegratedGradients explainer =
        IntegratedGradients.of(ShapNetwork.of(golden), baseline, IntegratedGradients.DEFAULT_STEPS);
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
