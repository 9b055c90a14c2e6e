package dev.weir.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BettingEProcessStateTest {
  @Test
  void aRestoredProcessGoesOnExactly() {
    SplittableRandom random = new SplittableRandom(11);
    BettingEProcess whole = new BettingEProcess();
    BettingEProcess restored = new BettingEProcess();
    for (int i = 0; i < 200; i++) {
      double d = 2 * random.nextDouble() - 1;
      restored = BettingEProcess.fromBytes(restored.toBytes());
      assertThat(restored.update(d)).isEqualTo(whole.update(d));
    }
    assertThat(restored.observations()).isEqualTo(200);
  }

  @Test
  void otherBytesAreRefused() {
    assertThatThrownBy(() -> BettingEProcess.fromBytes(new byte[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7");
  }
}
