package dev.weir.pipeline.ingest;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_JSON;
import static dev.weir.contracts.feature.EventException.Reason.TOO_LARGE;
import static dev.weir.contracts.feature.EventException.Reason.WRONG_TYPE;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventFields;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user's JSON record, read with reasons for what is wrong with it. */
record UserRecord(JsonNode json) {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** Reads a record. */
  static UserRecord parse(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      throw new EventException(MALFORMED_JSON, "the value is empty");
    }
    if (value.length > MAX_BYTES) {
      throw new EventException(
          TOO_LARGE, "the value has " + value.length + " bytes, at most " + MAX_BYTES);
    }
    try {
      JsonNode json = READER.readValue(value);
      if (json == null || !json.isObject()) {
        throw new EventException(MALFORMED_JSON, "the value is no JSON object");
      }
      return new UserRecord(json);
    } catch (IOException e) {
      throw new EventException(MALFORMED_JSON, "the value is no JSON");
    }
  }

  String text(String field) {
    return EventFields.text(json.path(field), field);
  }

  Instant time(String field, Instant latest) {
    return EventFields.time(json.path(field), field, latest);
  }

  double label(String field) {
    JsonNode node = EventFields.required(json.path(field), field);
    if (node.isBoolean()) {
      return node.asBoolean() ? 1 : 0;
    }
    if (!node.isNumber() || (node.asDouble() != 0 && node.asDouble() != 1)) {
      throw new EventException(WRONG_TYPE, "field '" + field + "' must be 0, 1, true or false");
    }
    return node.asDouble();
  }
}
