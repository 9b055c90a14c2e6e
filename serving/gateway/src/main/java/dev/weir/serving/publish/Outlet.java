package dev.weir.serving.publish;

import dev.weir.contracts.topic.Topics;
import java.time.Instant;

/** Where a worker's records go. */
public interface Outlet {
  /**
   * Hands over one record; it is safe only after {@link #flush()}.
   *
   * @param topic the topic
   * @param model the model, which names the topic of data and is not used for control topics
   * @param key the record's key
   * @param time event time
   * @param value the serialized record
   */
  void send(Topics topic, String model, String key, Instant time, byte[] value);

  /**
   * Hands over one record for a topic of one spec of a model; it is safe only after {@link
   * #flush()}.
   *
   * @param topic the topic
   * @param model the model
   * @param generation which of its specs, from 1
   * @param key the record's key
   * @param time event time
   * @param value the serialized record
   */
  void send(Topics topic, String model, int generation, String key, Instant time, byte[] value);

  /** Returns when every record handed over is acknowledged; throws where one was not. */
  void flush();
}
