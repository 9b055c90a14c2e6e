package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A prediction with the label that came later.
 *
 * @param prediction the prediction
 * @param label the label
 * @param labelTime when the label became known
 * @param groups group name to group value, sorted by name
 */
public record Outcome(
    Prediction prediction, double label, Instant labelTime, Map<String, String> groups) {
  public Outcome {
    requireNonNull(prediction, "prediction");
    requireNonNull(labelTime, "labelTime");
    groups = Collections.unmodifiableMap(new TreeMap<>(groups));
  }

  /** Returns the Brier loss of the prediction, {@code (p − y)²}. */
  @JsonIgnore
  public double brier() {
    double error = prediction.probability() - label;
    return error * error;
  }
}
