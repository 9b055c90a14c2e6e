package dev.weir.pipeline.ingest;

import static dev.weir.pipeline.ingest.DeadLetter.Reason.MALFORMED_JSON;
import static dev.weir.pipeline.ingest.DeadLetter.Reason.MISSING_FIELD;
import static dev.weir.pipeline.ingest.DeadLetter.Reason.TOO_LARGE;
import static dev.weir.pipeline.ingest.DeadLetter.Reason.WRONG_TYPE;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
      throw new DeadLetter(MALFORMED_JSON, "the value is empty");
    }
    if (value.length > MAX_BYTES) {
      throw new DeadLetter(
          TOO_LARGE, "the value has " + value.length + " bytes, at most " + MAX_BYTES);
    }
    try {
      JsonNode json = READER.readValue(value);
      if (json == null || !json.isObject()) {
        throw new DeadLetter(MALFORMED_JSON, "the value is no JSON object");
      }
      return new UserRecord(json);
    } catch (IOException e) {
      throw new DeadLetter(MALFORMED_JSON, "the value is no JSON");
    }
  }

  String text(String field) {
    JsonNode node = required(field);
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw new DeadLetter(WRONG_TYPE, "field '" + field + "' must be a text or a whole number");
    }
    String text = node.asText();
    if (text.indexOf('\0') >= 0) {
      // Stores put a NUL behind ids.
      throw new DeadLetter(WRONG_TYPE, "field '" + field + "' must not contain NUL");
    }
    if (text.isEmpty()) {
      throw new DeadLetter(MISSING_FIELD, "field '" + field + "' is empty");
    }
    return text;
  }

  /** Returns a time from 1970 on: Kafka takes no earlier timestamp. */
  Instant time(String field) {
    Instant time = anyTime(field, required(field));
    if (time.isBefore(Instant.EPOCH)) {
      throw new DeadLetter(WRONG_TYPE, "field '" + field + "' must not lie before 1970");
    }
    return time;
  }

  private static Instant anyTime(String field, JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Instant.ofEpochMilli(node.asLong());
    }
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeParseException e) {
      throw new DeadLetter(
          WRONG_TYPE, "field '" + field + "' must be ISO-8601 in UTC or epoch milliseconds");
    }
  }

  double label(String field) {
    JsonNode node = required(field);
    if (node.isBoolean()) {
      return node.asBoolean() ? 1 : 0;
    }
    if (!node.isNumber() || (node.asDouble() != 0 && node.asDouble() != 1)) {
      throw new DeadLetter(WRONG_TYPE, "field '" + field + "' must be 0, 1, true or false");
    }
    return node.asDouble();
  }

  private JsonNode required(String field) {
    JsonNode node = json.path(field);
    if (node.isMissingNode() || node.isNull()) {
      throw new DeadLetter(MISSING_FIELD, "field '" + field + "' is missing");
    }
    return node;
  }
}
