package dev.weir.serving.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * The rules for an event's id, entity and time. They are those of ingest, since the rows of REST
 * callers go to the same topics; a 400 problem names the field that breaks one.
 */
final class EventFields {
  private EventFields() {}

  /** The text in {@code node}: a text or a whole number, neither empty nor with a NUL. */
  static String text(JsonNode node, String field) {
    if (node.isMissingNode() || node.isNull()) {
      throw bad(field, "is missing");
    }
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw bad(field, "must be a text or a whole number");
    }
    String text = node.asText();
    if (text.isEmpty()) {
      throw bad(field, "is empty");
    }
    if (text.indexOf('\0') >= 0) {
      // Stores put a NUL behind ids.
      throw bad(field, "must not contain NUL");
    }
    return text;
  }

  /** As {@link #text}, or empty where there is no such field. */
  static String textOrNone(JsonNode node, String field) {
    return node.isMissingNode() || node.isNull() ? "" : text(node, field);
  }

  /** The time in {@code node}, from 1970 on and at most {@code maxAhead} after now; or now. */
  static Instant time(JsonNode node, String field, Instant now, Duration maxAhead) {
    if (node.isMissingNode() || node.isNull()) {
      return now;
    }
    Instant time = anyTime(node, field);
    if (time.isBefore(Instant.EPOCH)) {
      throw bad(field, "must not lie before 1970");
    }
    if (time.isAfter(now.plus(maxAhead))) {
      throw bad(field, "must not lie more than " + maxAhead + " ahead");
    }
    return time;
  }

  private static Instant anyTime(JsonNode node, String field) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Instant.ofEpochMilli(node.asLong());
    }
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeException e) {
      throw bad(field, "must be ISO-8601 in UTC or epoch milliseconds");
    }
  }

  private static ProblemException bad(String field, String rule) {
    return new ProblemException(400, "field '" + field + "' " + rule);
  }
}
