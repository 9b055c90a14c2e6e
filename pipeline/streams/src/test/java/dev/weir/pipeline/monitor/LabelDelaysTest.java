package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LabelDelaysTest {
  @Test
  void binsFollowOneAnotherWithoutAGap() {
    int last = -1;
    for (long seconds = 0; seconds < 100_000; seconds++) {
      int bin = LabelDelays.bin(Duration.ofSeconds(seconds));
      assertThat(bin).isBetween(Math.max(0, last), last + 1);
      if (bin > last) {
        assertThat(LabelDelays.from(bin)).isEqualTo(Duration.ofSeconds(seconds));
      }
      last = bin;
    }
  }

  @Test
  void aBinIsAtMostAQuarterAsWideAsItsStart() {
    for (int bin = 4; bin < LabelDelays.BINS - 1; bin++) {
      long from = LabelDelays.from(bin).toSeconds();
      assertThat(4 * (LabelDelays.from(bin + 1).toSeconds() - from)).isLessThanOrEqualTo(from);
    }
  }

  @Test
  void whatLiesBeyondIsInTheOuterBins() {
    assertThat(LabelDelays.bin(Duration.ofDays(-3))).isZero();
    assertThat(LabelDelays.bin(Duration.ofMillis(999))).isZero();
    assertThat(LabelDelays.bin(Duration.ofDays(365 * 50))).isEqualTo(LabelDelays.BINS - 1);
  }
}
