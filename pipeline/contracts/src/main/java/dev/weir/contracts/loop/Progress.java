package dev.weir.contracts.loop;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far a role has come, so that an event-time driver can wait for it. */
public interface Progress {
  /** Returns the role's name. */
  String name();

  /**
   * Returns the committed offset per input partition: everything before it has been handled and its
   * results are written. A partition without a commit is absent.
   */
  Map<TopicPartition, Long> committed();

  /** Returns whether it works on records now, so that a commit may be long in coming. */
  default boolean isBusy() {
    return false;
  }
}
