package dev.weir.serving.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.feature.FeatureException;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events as they come from a producer, encoded to rows by the spec. */
final class RawEvents {
  private final ModelSpec spec;
  private final FeatureEncoder encoder;

  RawEvents(ModelSpec spec) {
    this.spec = spec;
    this.encoder = new FeatureEncoder(spec);
  }

  List<Row> parse(byte[] body, Instant now, Limits limits) {
    limits.requireBytes(body.length);
    JsonNode events = InferenceRequest.object(body).path("events");
    if (!events.isArray()) {
      throw new ProblemException(400, "'events' must be an array of events");
    }
    limits.requireRows(events.size());
    List<Row> rows = new ArrayList<>(events.size());
    for (JsonNode event : events) {
      rows.add(row(event, rows.size(), now));
    }
    return rows;
  }

  private Row row(JsonNode event, int position, Instant now) {
    Events.FeatureSource source = spec.events().features();
    JsonNode id = event.path(source.id());
    if (!id.isValueNode() || id.isNull()) {
      throw bad(position, "field '" + source.id() + "', the id, is missing");
    }
    requireDerived(event, position);
    try {
      Instant time = time(event.path(source.time()), source.time(), now);
      FeatureVector features =
          encoder.encode(event, time, derived -> event.path(derived.name()).asDouble());
      return new Row(
          id.asText(),
          event.path(source.entity()).asText(""),
          time,
          spec.digest(),
          features,
          encoder.groups(event),
          Origin.REST);
    } catch (FeatureException e) {
      throw bad(position, String.valueOf(e.getMessage()));
    }
  }

  private void requireDerived(JsonNode event, int position) {
    List<String> missing =
        spec.features().stream()
            .filter(FeatureSpec.KnownLabelRate.class::isInstance)
            .map(FeatureSpec::name)
            .filter(name -> !event.path(name).isNumber())
            .toList();
    if (!missing.isEmpty()) {
      throw bad(
          position,
          "derived features must be supplied as numbers by name: " + String.join(", ", missing));
    }
  }

  private static Instant time(JsonNode node, String field, Instant now) {
    if (node.isMissingNode() || node.isNull()) {
      return now;
    }
    try {
      return node.isNumber() ? Instant.ofEpochMilli(node.asLong()) : Instant.parse(node.asText());
    } catch (DateTimeException e) {
      throw new ProblemException(
          400, "field '" + field + "' must be a time, ISO 8601 in UTC or milliseconds");
    }
  }

  private static ProblemException bad(int position, String detail) {
    return new ProblemException(400, "event " + position + ": " + detail);
  }
}
