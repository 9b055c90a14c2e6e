package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the label in a label record. */
public interface LabelValue {
  /**
   * Returns the label, 0 or 1.
   *
   * @throws dev.weir.contracts.feature.EventException if there is none, with the reason
   */
  double of(JsonNode record);
}
