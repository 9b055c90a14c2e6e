package dev.weir.contracts.topic;

import static java.util.Objects.requireNonNull;

/**
 * A half-open range of offsets {@code [from, to)} of one partition, read committed.
 *
 * @param topic the topic
 * @param partition the partition
 * @param from the first offset
 * @param to the offset after the last
 */
public record OffsetRange(String topic, int partition, long from, long to) {
  public OffsetRange {
    requireNonNull(topic, "topic");
    if (partition < 0 || from < 0 || to < from) {
      throw new IllegalArgumentException(
          "need partition >= 0 and 0 <= from <= to, was "
              + partition
              + "["
              + from
              + ","
              + to
              + ")");
    }
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "[" + from + "," + to + ")";
  }
}
