package dev.weir.app.driver;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until the driver moves it; thread-safe. */
public final class DriverClock extends Clock {
  private volatile Instant now;

  /** Creates a clock that stands at {@code start}. */
  public DriverClock(Instant start) {
    this.now = start;
  }

  /**
   * Moves the clock forward.
   *
   * @throws IllegalArgumentException if {@code to} lies before the present
   */
  public void advanceTo(Instant to) {
    if (to.isBefore(now)) {
      throw new IllegalArgumentException(
          "the clock stands at " + now + ", not moved back to " + to);
    }
    now = to;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new IllegalArgumentException("the driver's clock is in UTC, asked for " + zone);
  }
}
