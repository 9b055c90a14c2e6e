package dev.weir.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {
  @Test
  void fewRowsAreAllChosen() {
    assertThat(RowSample.of(3, 5, 1)).containsExactly(0, 1, 2);
    assertThat(RowSample.of(0, 5, 1)).isEmpty();
  }

  @Test
  void chosenRowsAreDistinctAscendingAndOfTheSeed() {
    int[] rows = RowSample.of(1000, 100, 7);

    assertThat(rows).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(RowSample.of(1000, 100, 7)).isEqualTo(rows);
    assertThat(RowSample.of(1000, 100, 8)).isNotEqualTo(rows);
  }

  /** 2,000 draws of 2 of 5 choose each about 800 times, standard deviation 22. */
  @Test
  void everyRowHasTheSameChance() {
    int[] counts = new int[5];
    IntStream.range(0, 2000)
        .forEach(
            seed -> {
              for (int row : RowSample.of(5, 2, seed)) {
                counts[row]++;
              }
            });

    assertThat(counts)
        .satisfies(c -> assertThat(IntStream.of(c)).allMatch(n -> n > 710 && n < 890));
  }
}
