package dev.weir.contracts.spec;

import java.time.Duration;

/**
 * Where events and labels come from.
 *
 * @param features the features topic
 * @param labels the labels topic
 * @param labelWithin a label counts when label time − event time is at most this
 * @param missingLabels what it means that no label has come by then
 * @param maxAhead a record further ahead of the clock is a dead letter
 * @param tick length of one tick of the event-time driver; a free run ticks when its watermark has
 *     moved by 1/360 of it
 */
public record Events(
    FeatureSource features,
    LabelSource labels,
    Duration labelWithin,
    MissingLabels missingLabels,
    Duration maxAhead,
    Duration tick) {
  /**
   * The features topic.
   *
   * @param topic its name
   * @param id the field with the event id
   * @param time the field with the event time (ISO-8601 or epoch milliseconds)
   * @param entity the field with whom the event is about
   */
  public record FeatureSource(String topic, String id, String time, String entity) {}

  /**
   * The labels topic.
   *
   * @param topic its name
   * @param id the field with the event id
   * @param time the field with the label time (ISO-8601 or epoch milliseconds)
   * @param value the field with the label
   */
  public record LabelSource(String topic, String id, String time, String value) {}
}
