package dev.weir.contracts.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldOutTest {
  /** Fractions computed with Python's hashlib: .404 .670 .808 .388 .828 .946 .115 .183. */
  @Test
  void pinnedEventsStayWhereTheyAre() {
    HoldOut holdOut = new HoldOut("flights", 0.4);

    assertThat(IntStream.range(0, 8).filter(i -> holdOut.contains("flight-" + i)).toArray())
        .containsExactly(3, 6, 7);
    assertThat(new HoldOut("flights", 0.4038785803235182).contains("flight-0")).isFalse();
    assertThat(new HoldOut("flights", 0.4038785803235183).contains("flight-0")).isTrue();
  }

  @Test
  void shareIsMetWithinMonteCarloError() {
    int n = 100_000;
    for (double share : new double[] {0.1, 0.4, 0.9}) {
      HoldOut holdOut = new HoldOut("m", share);
      long held = IntStream.range(0, n).filter(i -> holdOut.contains("e" + i)).count();

      // Four standard errors of a binomial share; the ids are fixed, so this never flickers.
      assertThat(held / (double) n)
          .isEqualTo(share, within(4 * Math.sqrt(share * (1 - share) / n)));
    }
  }

  @Test
  void modelsHoldOutDifferentRows() {
    int n = 100_000;
    HoldOut one = new HoldOut("one", 0.4);
    HoldOut other = new HoldOut("other", 0.4);
    long both =
        IntStream.range(0, n).filter(i -> one.contains("e" + i) && other.contains("e" + i)).count();

    assertThat(both / (double) n).isEqualTo(0.16, within(4 * Math.sqrt(0.16 * 0.84 / n)));
  }

  @Test
  void largerShareContainsTheSmaller() {
    HoldOut small = new HoldOut("m", 0.2);
    HoldOut large = new HoldOut("m", 0.5);

    assertThat(IntStream.range(0, 5000).filter(i -> small.contains("e" + i)))
        .allMatch(i -> large.contains("e" + i));
  }

  @Test
  void shareOfNothingAndOfAll() {
    assertThat(new HoldOut("m", 0).contains("e")).isFalse();
    assertThat(new HoldOut("m", 1).contains("e")).isTrue();
  }

  @Test
  void shareOutsideItsRangeIsRefused() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new HoldOut("m", share));
    }
  }
}
