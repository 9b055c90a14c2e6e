package dev.weir.model.explain.global;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.explain.Scorer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PermutationImportanceTest {
  @Test
  void usedFeatureMattersAndUnusedIsExactlyZero() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] rows = new float[1000][2];
    double[] labels = new double[1000];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % 2;
      rows[i] = new float[] {(float) labels[i], (float) random.nextDouble()};
    }
    Scorer scorer =
        given -> {
          double[] scores = new double[given.length];
          for (int i = 0; i < given.length; i++) {
            scores[i] = given[i][0];
          }
          return scores;
        };

    var importances = PermutationImportance.of(scorer, rows, labels, 5, 7);

    // A shuffled balanced column disagrees with the label half of the time.
    assertThat(importances.get(0).meanIncrease()).isBetween(0.45, 0.55);
    assertThat(importances.get(0).standardError()).isPositive().isLessThan(0.02);
    assertThat(importances.get(1).meanIncrease()).isZero();
    assertThat(PermutationImportance.of(scorer, rows, labels, 5, 7)).isEqualTo(importances);
  }
}
