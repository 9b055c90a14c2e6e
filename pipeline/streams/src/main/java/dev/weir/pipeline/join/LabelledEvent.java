package dev.weir.pipeline.join;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What outcomes need of an example. */
record LabelledEvent(String id, double label, Instant labelTime, Map<String, String> groups) {
  /** Returns that of an example; null where no outcome is to come of it. */
  static @Nullable LabelledEvent of(Example example) {
    Map<String, String> groups = groups(example.row());
    return groups == null
        ? null
        : new LabelledEvent(example.eventId(), example.label(), example.labelTime(), groups);
  }

  /**
   * Returns the groups of a row; null where no outcome is to come of it: outcomes are one topic for
   * all specs, and that which decides an event writes its outcomes.
   */
  static @Nullable Map<String, String> groups(Row row) {
    return row.origin() == Origin.SHADOW ? null : row.groups();
  }
}
