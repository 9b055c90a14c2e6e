package dev.weir.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.contracts.serde.Json;
import org.junit.jupiter.api.Test;

class OffsetRangeTest {
  @Test
  void comesBackFromJsonAndSaysItselfInOneWord() {
    OffsetRange range = new OffsetRange("weir.flights.examples", 0, 5, 1L << 40);

    assertThat(Json.read(Json.write(range), OffsetRange.class)).isEqualTo(range);
    assertThat(range).hasToString("weir.flights.examples-0[5,1099511627776)");
  }

  @Test
  void mayBeEmptyAndNeverBackwards() {
    assertThat(new OffsetRange("t", 0, 3, 3).from()).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> new OffsetRange("t", 0, 4, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new OffsetRange("t", 0, -1, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new OffsetRange("t", -1, 0, 3));
  }
}
