package dev.weir.model.explain.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.EncodedNetwork;
import dev.weir.model.explain.Precision;
import dev.weir.model.network.DenseNetwork;
import org.junit.jupiter.api.Test;

class ExpectedGradientsTest {
  /** The expectation over the path is the integral: integrated gradients of each baseline. */
  @Test
  void theyAreIntegratedGradientsAveragedOverTheBackground() {
    DenseNetwork network = EncodedNetwork.of(2);
    Background background = Background.of(EncodedNetwork.rows(3, 12));
    double[] row = EncodedNetwork.rows(4, 3)[2];
    double[] expected = new double[3];
    for (int b = 0; b < background.size(); b++) {
      double[] path = IntegratedGradients.of(network, background.row(b), 50).explain(row).values(1);
      for (int j = 0; j < 3; j++) {
        expected[j] += path[j] / background.size();
      }
    }

    Attribution actual =
        ExpectedGradients.of(network, background, new Precision(0.003, 500_000), 9).explain(row);

    double[] errors = actual.standardErrors(1).orElseThrow();
    for (int j = 0; j < 3; j++) {
      assertThat(errors[j]).isPositive().isLessThanOrEqualTo(0.003);
      assertThat(actual.values(1)[j]).isCloseTo(expected[j], within(4 * errors[j]));
    }
    assertThat(actual.baseValue(1)).isEqualTo(background.meanOutput(network)[1]);
  }
}
