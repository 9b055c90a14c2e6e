package dev.weir.pipeline.state;

/** What the pipeline counts: nothing is dropped without one of these. */
public enum Count {
  /** Features records that became rows. */
  ROWS("rows", "weir.pipeline.rows"),
  /** Label records that could be read, copies included. */
  LABELS("labels", "weir.pipeline.labels"),
  /** Records of group attributes that could be read. */
  GROUP_VALUES("groupValues", "weir.pipeline.group-values"),
  /** Features records whose event had come before; a spec that derives nothing leaves them be. */
  DUPLICATES("duplicates", "weir.pipeline.duplicates"),
  /** Rows that the join had before, for example of a repeated REST call. */
  DUPLICATE_ROWS("duplicateRows", "weir.pipeline.duplicate-rows"),
  /** Labels that repeat what is known. */
  DUPLICATE_LABELS("duplicateLabels", "weir.pipeline.duplicate-labels"),
  /** Labels that contradict the one that stands, and are dropped. */
  CONFLICT("conflict", "weir.pipeline.conflicts"),
  /** Labels that came in time. */
  EXAMPLES("examples", "weir.pipeline.examples"),
  /** Rows that got the label of silence at their deadline. */
  SILENT("silent", "weir.pipeline.silent"),
  /** Labels that replaced silence or, where the last one counts, another label. */
  CORRECTED("corrected", "weir.pipeline.corrected"),
  /** Rows whose label the champion's decision prevented. */
  UNOBSERVED("unobserved", "weir.pipeline.unobserved"),
  /** The same by group, {@code name=value}; counted by group only. */
  UNOBSERVED_IN_GROUP("unobservedInGroup", "weir.pipeline.unobserved-in-group"),
  /** Rows whose label did not come in time. */
  EXPIRED("expired", "weir.pipeline.expired"),
  /** Labels of events that never came. */
  ORPHAN("orphan", "weir.pipeline.orphans"),
  /** Labels that came too late. */
  TOO_LATE("tooLate", "weir.pipeline.too-late"),
  /** Rows that were removed, or kept out, because their entity was erased. */
  ERASED("erased", "weir.pipeline.erased"),
  /** Labels of rows that were erased. */
  ERASED_LABELS("erasedLabels", "weir.pipeline.erased-labels"),
  /** Predictions of events that are forgotten or erased, which find no example. */
  LATE_PREDICTIONS("latePredictions", "weir.pipeline.late-predictions"),
  /** Records that say that what they were about was deleted at its source. */
  DELETED_AT_SOURCE("deletedAtSource", "weir.pipeline.deleted-at-source"),
  /** Times that a schema registry was asked in vain; the record waits. */
  REGISTRY_RETRIES("registryRetries", "weir.pipeline.registry-retries"),
  /** Alarms of the monitors, counted by kind too. */
  ALARMS("alarms", "weir.pipeline.alarms"),
  /** Records that could not be used, counted by reason too. */
  DEAD_LETTERS("deadLetters", "weir.pipeline.dead-letters"),
  /** Trainings that the trigger asked for. */
  TRAININGS_REQUESTED("trainingsRequested", "weir.pipeline.trainings-requested"),
  /** Trainings that were due and skipped, because they would not pay their energy. */
  TRAININGS_SKIPPED("trainingsSkipped", "weir.pipeline.trainings-skipped"),
  /** Orders by hand that were refused. */
  ORDERS_REFUSED("ordersRefused", "weir.pipeline.orders-refused"),
  /** Orders by hand that cannot be read, and are passed over. */
  ORDERS_UNREADABLE("ordersUnreadable", "weir.pipeline.orders-unreadable");

  private final String key;
  private final String meter;

  Count(String key, String meter) {
    this.key = key;
    this.meter = meter;
  }

  /** Returns its name among the pipeline's counters. */
  public String key() {
    return key;
  }

  /** Returns its name among the counters of one reason. */
  public String key(String reason) {
    return key + "." + reason;
  }

  /** Returns its name as a meter; Prometheus writes {@code _} for dot and hyphen. */
  public String meter() {
    return meter;
  }
}
