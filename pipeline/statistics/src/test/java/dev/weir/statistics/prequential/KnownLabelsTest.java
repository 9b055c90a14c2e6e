package dev.weir.statistics.prequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownLabelsTest {
  @Test
  void whereEachLabelIsKnownBeforeTheNextRowItIsThePreviousOne() {
    double[] labels = {1, 1, 0, 1};
    KnownLabels known =
        KnownLabels.of(new long[] {10, 20, 30, 40}, new long[] {19, 29, 39, 49}, labels);

    assertThat(known.last()).containsExactly(0, 1, 1, 0);
    assertThat(known.ones()).containsExactly(0, 1, 2, 2);
    assertThat(known.rate(0)).isEqualTo(0.5);
    assertThat(known.rate(3)).isEqualTo(2.5 / 4);
    assertThat(known.isMajorityOne(0)).isFalse();
    assertThat(known.isMajorityOne(3)).isTrue();
  }

  @Test
  void aLabelOfTheSameInstantIsNotKnown() {
    KnownLabels known =
        KnownLabels.of(new long[] {10, 20}, new long[] {20, 30}, new double[] {1, 0});

    assertThat(known.known()).containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itIsWhatALookAtAllRowsFinds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 120;
    long[] events = random.longs(n, 0, 100).sorted().toArray();
    long[] times = Arrays.stream(events).map(t -> t + random.nextInt(40)).toArray();
    double[] labels = random.ints(n, 0, 2).asDoubleStream().toArray();

    KnownLabels known = KnownLabels.of(events, times, labels);

    for (int row = 0; row < n; row++) {
      int ones = 0;
      int count = 0;
      int latest = -1;
      for (int other = 0; other < n; other++) {
        if (times[other] < events[row]) {
          count++;
          ones += (int) labels[other];
          latest = latest < 0 || times[other] >= times[latest] ? other : latest;
        }
      }
      assertThat(known.known()[row]).as("seed %d row %d", seed, row).isEqualTo(count);
      assertThat(known.ones()[row]).as("seed %d row %d", seed, row).isEqualTo(ones);
      assertThat((double) known.last()[row])
          .as("seed %d row %d", seed, row)
          .isEqualTo(latest < 0 ? 0 : labels[latest]);
    }
  }

  @Test
  void timesThatFallAndLabelsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> KnownLabels.of(new long[] {2, 1}, new long[] {3, 3}, new double[2]))
        .hasMessageContaining("must not fall, do at 1");
    assertThatThrownBy(() -> KnownLabels.of(new long[1], new long[1], new double[] {0.5}))
        .hasMessageContaining("label 0 must be 0 or 1");
  }
}
