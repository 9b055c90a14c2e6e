package dev.weir.pipeline.join;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import java.time.Instant;
import java.util.Map;

/** A row of one feature, without groups. */
final class SmallRow {
  private SmallRow() {}

  static Row of(String id, long millis) {
    Instant at = Instant.ofEpochMilli(millis);
    return new Row(id, "entity", at, "digest", FeatureVector.of(1, 1f), Map.of(), Origin.STREAM);
  }
}
