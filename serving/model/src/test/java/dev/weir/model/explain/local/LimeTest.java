package dev.weir.model.explain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import org.junit.jupiter.api.Test;

class LimeTest {
  private static final Predictor LINEAR =
      rows -> {
        double[][] outputs = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
          outputs[i] = new double[] {2 * rows[i][0] - 3 * rows[i][1] + 1};
        }
        return outputs;
      };

  /** Against one background row a linear model is linear in what is kept: no sampling error. */
  @Test
  void linearModelAgainstOneRowIsRecovered() {
    Background background = Background.of(new double[][] {{1, 1, 1}});

    Attribution actual = Lime.of(LINEAR, background, 200, 1).explain(new double[] {4, 2, 9});

    assertThat(actual.values(0)).containsExactly(new double[] {6, -3, 0}, within(1e-9));
    assertThat(actual.baseValue(0)).isCloseTo(0, within(1e-9));
    assertThat(actual.additivityGap(0)).isCloseTo(0, within(1e-9));
  }

  /** Over a background the values are w (x − mean), within their standard errors. */
  @Test
  void standardErrorsCoverTheSamplingOfTheBackground() {
    double[][] rows = {{0, 3, 1}, {2, -1, 0}, {1, 1, 5}};
    Attribution actual = Lime.of(LINEAR, Background.of(rows), 5000, 2).explain(new double[3]);
    double[] expected = {-2, 3, 0};
    double[] errors = actual.standardErrors(0).orElseThrow();
    for (int j = 0; j < 3; j++) {
      assertThat(errors[j]).isBetween(0.01, 0.2);
      assertThat(actual.values(0)[j]).isCloseTo(expected[j], within(4 * errors[j]));
    }
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> Lime.of(LINEAR, Background.of(new double[1][3]), 29, 1))
        .hasMessageContaining("10 per feature");
  }
}
