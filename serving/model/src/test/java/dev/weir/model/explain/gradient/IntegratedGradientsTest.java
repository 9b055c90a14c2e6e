package dev.weir.model.explain.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.EncodedNetwork;
import org.junit.jupiter.api.Test;

class IntegratedGradientsTest {
  @Test
  void contributionsOfNumbersAndCategoriesAddUpToTheOutput() {
    double[] baseline = {0.1, 2, -0.4};
    IntegratedGradients explainer = IntegratedGradients.of(EncodedNetwork.of(1), baseline, 50);
    for (double[] row : EncodedNetwork.rows(3, 6)) {
      Attribution actual = explainer.explain(row);
      assertThat(actual.additivityGap(1)).isCloseTo(0, within(1e-9));
    }
  }

  /** Exact for polynomials of degree 2n − 1 on [0, 1]. */
  @Test
  void quadratureIntegratesPolynomials() {
    GaussLegendre quadrature = GaussLegendre.of(6);
    for (int degree = 0; degree < 12; degree++) {
      double integral = 0;
      for (int k = 0; k < quadrature.points(); k++) {
        integral += quadrature.weight(k) * Math.pow(quadrature.node(k), degree);
      }
      assertThat(integral).isCloseTo(1.0 / (degree + 1), within(1e-14));
    }
  }
}
