package dev.weir.contracts.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
  @Test
  void timesAreThoseOfTheJdk() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < 20_000; n++) {
      long second = random.nextLong(-70_000_000_000L, 250_000_000_000L);
      int nanos = random.nextInt(1_000_000_000) / (int) Math.pow(10, random.nextInt(10));
      String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(second, nanos));

      assertThat(IsoInstant.parse(text)).as(text).isEqualTo(Instant.parse(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-01-31T12:00:00+01:00",
        "2026-01-31t12:00:00z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.1Z",
        "2026-01-31T12:00:00.123456789Z",
        "2026-01-31T12:00Z",
        "+12026-01-31T12:00:00Z",
        "0000-02-29T00:00:00Z"
      })
  void whatTheJdkReadsIsRead(String text) {
    Instant expected;
    try {
      expected = Instant.parse(text);
    } catch (DateTimeParseException e) {
      assertThatThrownBy(() -> IsoInstant.parse(text)).hasMessage(e.getMessage());
      return;
    }
    assertThat(IsoInstant.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:00,5Z",
        "2026-01-31T12:00:00.1234567890Z",
        "2026-01-31T12:00:0\u0661Z",
        "2026-01-31T12:00:00.-1Z",
        "2026-01-31 12:00:00Z"
      })
  void whatTheJdkRefusesIsRefused(String text) {
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeParseException.class);
    assertThatThrownBy(() -> IsoInstant.parse(text)).isInstanceOf(DateTimeParseException.class);
  }
}
