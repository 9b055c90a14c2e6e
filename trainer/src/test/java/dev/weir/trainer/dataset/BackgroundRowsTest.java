package dev.weir.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.table.NumericTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundRowsTest {
  @Test
  void everyRowIsAsLikelyToBeDrawn() {
    float[][] features = new float[400][];
    for (int i = 0; i < features.length; i++) {
      features[i] = new float[] {i};
    }
    double[] means = new double[200];
    for (int seed = 0; seed < means.length; seed++) {
      double[][] rows = rows(features, seed);
      assertThat(rows).hasDimensions(BackgroundRows.MOST, 1);
      for (double[] row : rows) {
        means[seed] += row[0] / rows.length / means.length;
      }
    }
    // The mean of 0..399 is 199.5; of 200 samples of 100 without replacement it errs by 0.7.
    double mean = 0;
    for (double each : means) {
      mean += each;
    }
    assertThat(mean).isCloseTo(199.5, within(2.1));
  }

  @Test
  void fewRowsAreAllTakenInTheirOrderAndASeedGivesItsBytes() {
    float[][] features = {{2, Float.NaN}, {1, 0.1f}};
    assertThat(BackgroundRows.csv(List.of("a", "b"), features, 1))
        .isEqualTo(BackgroundRows.csv(List.of("a", "b"), features, 2));
    assertThat(rows(features, 1)[0]).containsExactly(2, Double.NaN);
    assertThat(rows(features, 1)[1]).containsExactly(1, 0.1f);
  }

  private static double[][] rows(float[][] features, long seed) {
    List<String> names = features[0].length == 1 ? List.of("a") : List.of("a", "b");
    return NumericTable.parse("background", BackgroundRows.csv(names, features, seed)).rows();
  }
}
