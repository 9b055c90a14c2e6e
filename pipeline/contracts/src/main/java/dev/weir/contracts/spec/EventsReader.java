package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code events}. */
final class EventsReader {
  private final YamlDocument yaml;

  EventsReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /** Returns where events and labels come from. */
  Events read() {
    JsonNode events = yaml.at("/events");
    JsonNode features = events.path("features");
    JsonNode labels = events.path("labels");
    Events read = events(events, features, labels);
    requireOneFormatInOneTopic(read);
    return read;
  }

  /** In a topic of both, the label's field tells which records are labels. */
  private void requireOneFormatInOneTopic(Events events) {
    if (!events.features().topic().equals(events.labels().topic())) {
      return;
    }
    if (events.labels().label().isExpression()) {
      throw yaml.error(
          "/events/labels/expression",
          "in one topic with the features, labels need 'value', the field that only they have");
    }
    if (!events.features().format().equals(events.labels().format())) {
      throw yaml.error(
          "/events/labels", "one topic has one format: repeat that of events.features here");
    }
  }

  private Events events(JsonNode events, JsonNode features, JsonNode labels) {
    return new Events(
        new Events.FeatureSource(
            features.path("topic").asText(),
            features.path("id").asText(),
            features.path("time").asText(),
            features.path("entity").asText(features.path("id").asText()),
            new RecordFormatReader(yaml, "/events/features").read()),
        new Events.LabelSource(
            labels.path("topic").asText(),
            labels.path("id").asText(),
            labels.path("time").asText(),
            label(labels),
            new RecordFormatReader(yaml, "/events/labels").read()),
        yaml.duration("/events/labelWithin", "P7D"),
        missingLabels(events),
        OnConflict.valueOf(events.path("onConflict").asText("first").toUpperCase(Locale.ROOT)),
        groups(events.path("groups")),
        events.has("erasures")
            ? new Events.ErasureSource(events.path("erasures").path("topic").asText())
            : null,
        yaml.duration("/events/maxAhead", "PT1H"),
        yaml.duration("/events/tick", "PT6H"));
  }

  private Events.@Nullable GroupSource groups(JsonNode groups) {
    if (groups.isMissingNode()) {
      return null;
    }
    String topic = groups.path("topic").asText();
    boolean isByEntity = groups.has("entity");
    if (isByEntity == groups.has("id")) {
      throw yaml.error("/events/groups", "needs whose attributes they are: one of id, entity");
    }
    for (String other : List.of("features", "labels")) {
      if (topic.equals(yaml.at("/events/" + other + "/topic").asText())) {
        throw yaml.error(
            "/events/groups/topic",
            "must be a topic of its own: who may read events." + other + " could read it, too");
      }
    }
    if (yaml.at("/groups").isEmpty()) {
      throw yaml.error("/events/groups", "needs groups: the list that says which fields it has");
    }
    return new Events.GroupSource(
        topic,
        groups.path(isByEntity ? "entity" : "id").asText(),
        isByEntity,
        YamlDocument.nullable(groups.path("time")),
        new RecordFormatReader(yaml, "/events/groups").read());
  }

  private Events.LabelRule label(JsonNode labels) {
    if (labels.has("value") == labels.has("expression")) {
      throw yaml.error("/events/labels", "needs the label: one of value, expression");
    }
    boolean isExpression = labels.has("expression");
    return new Events.LabelRule(
        labels.path(isExpression ? "expression" : "value").asText(), isExpression);
  }

  private static MissingLabels missingLabels(JsonNode events) {
    JsonNode label = events.path("onExpiry").path("label");
    JsonNode decision = events.path("observedWhen");
    return new MissingLabels(
        label.isNumber() ? label.asDouble() : null,
        decision.isTextual()
            ? MissingLabels.Decision.valueOf(decision.asText().toUpperCase(Locale.ROOT))
            : null);
  }
}
