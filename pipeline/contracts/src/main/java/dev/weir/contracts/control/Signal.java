package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a monitor saw.
 *
 * @param model the model
 * @param version the champion's version when it was seen
 * @param kind {@code drift}, {@code quality}, {@code performance} or {@code fairness}; {@code
 *     economy} of a training that was skipped
 * @param detector the detector, for example {@code adwin}
 * @param signal what it watched, for example {@code residual}
 * @param isAlarm whether it is an alarm, not only a measurement
 * @param eventTime the event time at which it was seen
 * @param facts the numbers behind it
 */
public record Signal(
    String model,
    int version,
    String kind,
    String detector,
    String signal,
    @JsonProperty("isAlarm") boolean isAlarm,
    Instant eventTime,
    Map<String, Double> facts) {
  public Signal {
    requireNonNull(model, "model");
    requireNonNull(kind, "kind");
    requireNonNull(detector, "detector");
    requireNonNull(signal, "signal");
    requireNonNull(eventTime, "eventTime");
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
