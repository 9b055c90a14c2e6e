package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.feature.EventFields;
import java.time.Instant;

/** A user's record as the JSON object that it stands for. */
record UserRecord(JsonNode json) {
  String text(String field) {
    return EventFields.text(json.path(field), field);
  }

  Instant time(String field, Instant latest) {
    return EventFields.time(json.path(field), field, latest);
  }
}
