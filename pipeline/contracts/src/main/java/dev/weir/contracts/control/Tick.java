package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A move of event time: everything up to {@code time} has been published, says the driver, or has
 * been read, says the pipeline's watermark. What comes later with an earlier time is late.
 *
 * @param number the tick's number, from 1
 * @param time the event time that is reached
 */
public record Tick(long number, Instant time) {
  public Tick {
    requireNonNull(time, "time");
  }
}
