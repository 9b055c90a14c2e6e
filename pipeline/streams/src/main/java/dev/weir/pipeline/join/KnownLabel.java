package dev.weir.pipeline.join;

import dev.weir.contracts.event.Label;
import java.time.Instant;

/**
 * A label of an event that is named elsewhere.
 *
 * @param value the label
 * @param time when it became known
 */
record KnownLabel(double value, Instant time) {
  static KnownLabel of(Label label) {
    return new KnownLabel(label.value(), label.labelTime());
  }
}
