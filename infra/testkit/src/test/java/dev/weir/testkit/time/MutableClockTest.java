package dev.weir.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MutableClockTest {
  private static final Instant START = Instant.parse("2014-01-09T20:00:00Z");

  @Test
  void standsStillUntilMoved() {
    MutableClock clock = MutableClock.at(START);
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.advance(Duration.ofHours(6))).isEqualTo(clock.instant());
    assertThat(clock.instant()).isEqualTo(Instant.parse("2014-01-10T02:00:00Z"));
  }

  @Test
  void copyInAnotherZoneShowsTheSameInstant() {
    MutableClock clock = MutableClock.at(START);
    Clock copy = clock.withZone(ZoneId.of("America/Chicago"));
    clock.set(START.plusSeconds(1));
    assertThat(copy.instant()).isEqualTo(START.plusSeconds(1));
    assertThat(copy.getZone()).isEqualTo(ZoneId.of("America/Chicago"));
  }
}
