package dev.weir.model.explain.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.EncodedNetwork;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Precision;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.ShapNetwork;
import dev.weir.model.network.DenseNetwork;
import dev.weir.testkit.golden.ShapCase;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EstimatedShapleyTest {
  private static final ShapCase GOLDEN = ShapCase.all().get(1);
  private static final Background BACKGROUND = Background.of(GOLDEN.background());

  @Test
  void permutationsErrAsTheirStandardErrorsSay() {
    DenseNetwork network = ShapNetwork.of(GOLDEN);
    erring(PermutationShapley.of(network, BACKGROUND, new Precision(0, 8000), 11));
  }

  /** 400 pairs of the 511, drawn with replacement: a sample, not an enumeration. */
  @Test
  void regressionErrsAsItsStandardErrorsSay() {
    DenseNetwork network = ShapNetwork.of(GOLDEN);
    erring(KernelShapley.of(network, BACKGROUND, new Precision(0, 2 * 400 * 50), 11));
  }

  /** Root mean square of the standardized errors: 1 if the standard errors are right. */
  private static void erring(Explainer estimator) {
    double squares = 0;
    int count = 0;
    double[][] rows = GOLDEN.rows();
    for (int i = 0; i < rows.length; i++) {
      Attribution estimate = estimator.explain(rows[i]);
      for (int c = 0; c < estimate.outputs(); c++) {
        double[] exact = GOLDEN.values("exact_shapley", i, c);
        double[] errors = estimate.standardErrors(c).orElseThrow();
        assertThat(estimate.additivityGap(c)).isCloseTo(0, within(1e-12));
        for (int j = 0; j < exact.length; j++) {
          double z = (estimate.values(c)[j] - exact[j]) / errors[j];
          assertThat(z).isBetween(-5.0, 5.0);
          squares += z * z;
          count++;
        }
      }
    }
    assertThat(Math.sqrt(squares / count)).isBetween(0.75, 1.25);
  }

  @Test
  void samplingStopsWhenEveryStandardErrorIsBelowTheBound() {
    DenseNetwork network = ShapNetwork.of(GOLDEN);
    double[] row = GOLDEN.rows()[0];
    long[] evaluations = new long[1];
    Predictor counting =
        rows -> {
          evaluations[0] += rows.length;
          return network.score(rows);
        };
    Precision coarse = new Precision(0.01, 1_000_000);

    Attribution estimate = PermutationShapley.of(counting, BACKGROUND, coarse, 5).explain(row);

    for (int c = 0; c < 3; c++) {
      for (double error : estimate.standardErrors(c).orElseThrow()) {
        assertThat(error).isLessThanOrEqualTo(0.01);
      }
    }
    assertThat(evaluations[0]).isLessThan(20_000);
    assertThat(PermutationShapley.of(network, BACKGROUND, coarse, 5).explain(row).values(0))
        .containsExactly(estimate.values(0));
  }

  @Test
  void regressionOverAllCoalitionsIsExact() {
    DenseNetwork network = EncodedNetwork.of(4);
    Background background = Background.of(EncodedNetwork.rows(5, 40));
    double[] row = EncodedNetwork.rows(6, 2)[1];

    Attribution all = KernelShapley.of(network, background, Precision.DEFAULT, 1).explain(row);

    assertThat(all.values(1))
        .containsExactly(
            ExactShapley.of(network, background).explain(row).values(1), within(1e-12));
    assertThat(all.standardErrors(1)).isEmpty();
  }

  /**
   * For f = Σ wⱼ xⱼ + Σ c xᵢ xⱼ over 24 features the values have a closed form, which no
   * enumeration would reach. The antithetic pairs meet it exactly: their errors cancel.
   */
  @Test
  void pairwiseInteractionsOfManyFeaturesAreExactByPermutation() {
    SplittableRandom random = new SplittableRandom(8);
    double[] weights = random.doubles(24, -1, 1).toArray();
    double[][] rows = new double[30][];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = random.doubles(24, -1, 1).toArray();
    }
    Background background = Background.of(rows);
    double[] row = random.doubles(24, -1, 1).toArray();
    Predictor neighbours = given -> neighbours(given, weights);
    double[] expected = closedForm(row, rows, weights);

    Attribution permutation =
        PermutationShapley.of(neighbours, background, new Precision(1e-9, 1_000_000), 3)
            .explain(row);
    Attribution kernel =
        KernelShapley.of(neighbours, background, new Precision(0.01, 400_000), 3).explain(row);

    assertThat(permutation.values(0)).containsExactly(expected, within(1e-12));
    double[] errors = kernel.standardErrors(0).orElseThrow();
    for (int j = 0; j < 24; j++) {
      assertThat(errors[j]).isLessThanOrEqualTo(0.01);
      assertThat(kernel.values(0)[j]).isCloseTo(expected[j], within(5 * errors[j] + 1e-12));
    }
  }

  /** f = Σ wⱼ xⱼ + Σ xⱼ xⱼ₊₁. */
  private static double[][] neighbours(double[][] rows, double[] weights) {
    double[][] outputs = new double[rows.length][1];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        outputs[i][0] += weights[j] * rows[i][j];
        outputs[i][0] += j + 1 < weights.length ? rows[i][j] * rows[i][j + 1] : 0;
      }
    }
    return outputs;
  }

  /** Of a product xᵢ xⱼ each gets ½ ((v(i) − v(∅)) + (v(ij) − v(j))), averaged over b. */
  private static double[] closedForm(double[] x, double[][] background, double[] weights) {
    double[] values = new double[x.length];
    for (double[] b : background) {
      for (int j = 0; j < x.length; j++) {
        double beside = 0;
        beside += j > 0 ? x[j - 1] + b[j - 1] : 0;
        beside += j + 1 < x.length ? x[j + 1] + b[j + 1] : 0;
        values[j] += (x[j] - b[j]) * (weights[j] + beside / 2) / background.length;
      }
    }
    return values;
  }
}
