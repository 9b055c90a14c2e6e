package dev.weir.contracts.spec;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where events and labels come from.
 *
 * @param features the features topic
 * @param labels the labels topic
 * @param labelWithin a label counts when label time − event time is at most this
 * @param missingLabels what it means that no label has come by then
 * @param onConflict which of an event's labels counts when they differ
 * @param groups where group attributes come from; null where they are fields of the features topic
 * @param erasures where deletion of an entity's pending state is asked for; null when nowhere
 * @param maxAhead a record further ahead of the clock is a dead letter
 * @param tick length of one tick of the event-time driver; a free run ticks when its watermark has
 *     moved by 1/360 of it
 */
public record Events(
    FeatureSource features,
    LabelSource labels,
    Duration labelWithin,
    MissingLabels missingLabels,
    OnConflict onConflict,
    @Nullable GroupSource groups,
    @Nullable ErasureSource erasures,
    Duration maxAhead,
    Duration tick) {
  /** Creates events whose group attributes, if any, are fields of the features topic. */
  public Events(
      FeatureSource features,
      LabelSource labels,
      Duration labelWithin,
      MissingLabels missingLabels,
      OnConflict onConflict,
      @Nullable ErasureSource erasures,
      Duration maxAhead,
      Duration tick) {
    this(features, labels, labelWithin, missingLabels, onConflict, null, erasures, maxAhead, tick);
  }

  /** Returns the names of all topics of the user that are read. */
  public Set<String> topics() {
    Set<String> topics = new HashSet<>();
    topics.add(features.topic());
    topics.add(labels.topic());
    if (groups != null) {
      topics.add(groups.topic());
    }
    if (erasures != null) {
      topics.add(erasures.topic());
    }
    return topics;
  }

  /**
   * The features topic.
   *
   * @param topic its name
   * @param id the field with the event id
   * @param time the field with the event time (ISO-8601 or epoch milliseconds)
   * @param entity the field with whom the event is about
   * @param format how its records are written
   */
  public record FeatureSource(
      String topic, String id, String time, String entity, RecordFormat format) {
    /** Creates a topic of JSON objects. */
    public FeatureSource(String topic, String id, String time, String entity) {
      this(topic, id, time, entity, RecordFormat.JSON);
    }
  }

  /**
   * The labels topic.
   *
   * @param topic its name
   * @param id the field with the event id
   * @param time the field with the label time (ISO-8601 or epoch milliseconds)
   * @param label the field with the label, or an expression over the record
   * @param format how its records are written
   */
  public record LabelSource(
      String topic, String id, String time, LabelRule label, RecordFormat format) {
    /** Creates a topic of JSON objects in which one field is the label. */
    public LabelSource(String topic, String id, String time, String value) {
      this(topic, id, time, new LabelRule(value, false), RecordFormat.JSON);
    }
  }

  /**
   * Where a record's label is.
   *
   * @param text the field with the label, or an expression in CEL over {@code record}
   * @param isExpression whether it is an expression
   */
  public record LabelRule(String text, boolean isExpression) {}

  /**
   * A topic of group attributes, which fewer people may read than the features.
   *
   * @param topic its name
   * @param subject the field that says whose attributes they are
   * @param isByEntity whether that is an entity id; else an event id
   * @param time the field with the time from which they hold; null where the record's timestamp
   *     tells which record is the last
   * @param format how its records are written
   */
  public record GroupSource(
      String topic,
      String subject,
      boolean isByEntity,
      @Nullable String time,
      RecordFormat format) {
    /** Returns whether an event's attributes are those that held at its time, not the last ones. */
    public boolean isAsOfEvent() {
      return isByEntity && time != null;
    }
  }

  /**
   * A topic whose tombstones (records without a value) ask for deletion: their key is an entity id
   * as text. Records with a value are passed over, so that a compacted topic of the entities will
   * do.
   *
   * @param topic its name
   */
  public record ErasureSource(String topic) {}
}
