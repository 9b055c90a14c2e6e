package dev.weir.contracts.feature;

import static dev.weir.contracts.feature.EventException.Reason.MISSING_FIELD;
import static dev.weir.contracts.feature.EventException.Reason.NOT_FINITE;
import static dev.weir.contracts.feature.EventException.Reason.TOO_AHEAD;
import static dev.weir.contracts.feature.EventException.Reason.WRONG_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.IsoInstant;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The rules for an event's id, entity and time, whether it comes by a topic or by REST: both end in
 * the same stores. Each method throws {@link EventException} with the field's name.
 */
public final class EventFields {
  private EventFields() {}

  /** Returns whether there is such a field with a value. */
  public static boolean isThere(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  /** Returns {@code node}, which must be there. */
  public static JsonNode required(JsonNode node, String field) {
    if (!isThere(node)) {
      throw new EventException(MISSING_FIELD, "field '" + field + "' is missing");
    }
    return node;
  }

  /** Returns the text in {@code node}: a text or a whole number, neither empty nor with a NUL. */
  public static String text(JsonNode node, String field) {
    required(node, field);
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw wrong(field, "must be a text or a whole number");
    }
    String text = node.asText();
    if (text.isEmpty()) {
      throw new EventException(MISSING_FIELD, "field '" + field + "' is empty");
    }
    if (text.indexOf('\0') >= 0) {
      // Stores put a NUL behind ids.
      throw wrong(field, "must not contain NUL");
    }
    return text;
  }

  /**
   * Returns the time in {@code node}, from 1970 on (Kafka takes no earlier timestamp) and not after
   * {@code latest}.
   */
  public static Instant time(JsonNode node, String field, Instant latest) {
    Instant time = anyTime(required(node, field), field);
    if (time.isBefore(Instant.EPOCH)) {
      throw wrong(field, "must not lie before 1970");
    }
    if (time.isAfter(latest)) {
      throw new EventException(
          TOO_AHEAD, "field '" + field + "' must not lie after " + latest + ", was " + time);
    }
    return time;
  }

  private static Instant anyTime(JsonNode node, String field) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Instant.ofEpochMilli(node.asLong());
    }
    try {
      return IsoInstant.parse(node.asText());
    } catch (DateTimeParseException e) {
      throw wrong(field, "must be ISO-8601 in UTC or epoch milliseconds");
    }
  }

  /**
   * Returns the number in {@code node}; NaN when it is missing.
   *
   * @throws EventException if it is no number, or not finite as a 32-bit float
   */
  public static double number(JsonNode node, String field) {
    if (!isThere(node)) {
      return Double.NaN;
    }
    if (!node.isNumber()) {
      throw wrong(field, "must be a number");
    }
    double value = node.asDouble();
    if (!Float.isFinite((float) value)) {
      throw new EventException(NOT_FINITE, "field '" + field + "' must be a finite number");
    }
    return value;
  }

  /**
   * Returns the value in {@code node} that records are grouped by, a text or number as text; empty
   * when it is missing.
   *
   * @throws EventException if it is a map or a list, or has a NUL
   */
  public static Optional<String> groupingValue(JsonNode node, String field) {
    if (!isThere(node)) {
      return Optional.empty();
    }
    if (!node.isValueNode()) {
      throw wrong(field, "must be a text or a number");
    }
    String text = node.asText();
    if (text.indexOf('\0') >= 0) {
      throw wrong(field, "must not contain NUL");
    }
    return Optional.of(text);
  }

  private static EventException wrong(String field, String rule) {
    return new EventException(WRONG_TYPE, "field '" + field + "' " + rule);
  }
}
