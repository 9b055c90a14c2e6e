package dev.weir.serving.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventFields;
import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
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
    try {
      return row(event, now);
    } catch (EventException e) {
      throw bad(position, String.valueOf(e.getMessage()));
    } catch (ProblemException e) {
      throw bad(position, e.detail());
    }
  }

  private Row row(JsonNode event, Instant now) {
    Events.FeatureSource source = spec.events().features();
    String id = EventFields.text(event.path(source.id()), source.id());
    JsonNode entityNode = event.path(source.entity());
    String entity =
        EventFields.isThere(entityNode) ? EventFields.text(entityNode, source.entity()) : "";
    JsonNode timeNode = event.path(source.time());
    Instant latest = now.plus(spec.events().maxAhead());
    Instant time =
        EventFields.isThere(timeNode) ? EventFields.time(timeNode, source.time(), latest) : now;
    requireDerived(event);
    FeatureVector features =
        encoder.encode(event, time, feature -> derived(event.path(feature.name())));
    return new Row(id, entity, time, spec.digest(), features, encoder.groups(event), Origin.REST);
  }

  /** Nobody here knows what was known before; null says that nothing was, where that may be. */
  private void requireDerived(JsonNode event) {
    List<String> missing =
        spec.derivedFeatures().stream()
            .filter(feature -> !isSupplied(feature, event.path(feature.name())))
            .map(FeatureSpec::name)
            .toList();
    if (!missing.isEmpty()) {
      throw new ProblemException(
          400,
          "derived features must be supplied as finite numbers by name: "
              + String.join(", ", missing)
              + "; null says that one is undefined, but for known label rates, counts and sums");
    }
  }

  private static boolean isSupplied(FeatureSpec.Derived feature, JsonNode node) {
    return node.isNull()
        ? !feature.isAlwaysDefined()
        : node.isNumber() && Float.isFinite((float) node.asDouble());
  }

  private static double derived(JsonNode node) {
    return node.isNull() ? Double.NaN : node.asDouble();
  }

  private static ProblemException bad(int position, String detail) {
    return new ProblemException(400, "event " + position + ": " + detail);
  }
}
