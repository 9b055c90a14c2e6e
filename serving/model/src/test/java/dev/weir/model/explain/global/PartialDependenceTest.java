package dev.weir.model.explain.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import org.junit.jupiter.api.Test;

class PartialDependenceTest {
  private static final Predictor PRODUCT =
      rows -> {
        double[][] outputs = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
          outputs[i] = new double[] {0, rows[i][0] * rows[i][1]};
        }
        return outputs;
      };

  @Test
  void meanOfAProductIsFlatWhereItsCurvesAreNot() {
    Background rows = Background.of(new double[][] {{1, -2}, {5, 2}, {7, -2}, {9, 2}});

    PartialDependence actual = PartialDependence.of(PRODUCT, rows, 0, new double[] {1, 3}, 1);

    assertThat(actual.curve(0)).containsExactly(-2, -6);
    assertThat(actual.curve(1)).containsExactly(2, 6);
    assertThat(actual.mean(1).value()).isZero();
    // Four curves at ±6: s = √(4 · 36 / 3), se = s / 2.
    assertThat(actual.mean(1).standardError()).isCloseTo(Math.sqrt(12), within(1e-12));
  }

  @Test
  void gridIsTheDistinctValuesOrTheQuantiles() {
    assertThat(PartialDependence.grid(new double[] {2, 1, 2, Double.NaN}, 5)).containsExactly(1, 2);
    double[] many = new double[101];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    assertThat(PartialDependence.grid(many, 5)).containsExactly(0, 25, 50, 75, 100);
  }
}
