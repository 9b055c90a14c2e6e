package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.WRONG_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventFields;

/** A label that is a field: 0, 1, true or false. */
record LabelField(String field) implements LabelValue {
  @Override
  public double of(JsonNode record) {
    JsonNode node = EventFields.required(record.path(field), field);
    if (node.isBoolean()) {
      return node.asBoolean() ? 1 : 0;
    }
    if (!node.isNumber() || (node.asDouble() != 0 && node.asDouble() != 1)) {
      throw new EventException(WRONG_TYPE, "field '" + field + "' must be 0, 1, true or false");
    }
    return node.asDouble();
  }
}
