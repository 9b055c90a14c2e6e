package dev.weir.app.order;

import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The examples between two times, as offsets: in each partition from the first one whose label was
 * known in between to the last one. What lies among them, out of order, belongs to them.
 */
public final class ExampleSpan {
  private static final long OFFSETS_AT_A_TIME = 50_000;

  private final RangeReader reader;
  private final String topic;
  private final Deserializer<Example> examples = AvroSerde.examples().deserializer();

  /** Creates access with settings of the Kafka client, at least {@code bootstrap.servers}. */
  public ExampleSpan(Map<String, Object> client, TopicNames names) {
    this.reader = new RangeReader(client);
    this.topic = names.of(Topics.EXAMPLES);
  }

  /** What was found in one partition; first examples are counted, corrections are not. */
  private static final class Hull {
    private long from = -1;
    private long to = -1;
    private long counted;
    private long countedUpToLast;
  }

  /**
   * Returns the examples from a time on and before another.
   *
   * @throws IllegalStateException if there are none
   */
  public TrainingOrder.Span between(Instant from, Instant to) {
    List<OffsetRange> ranges = new ArrayList<>();
    long count = 0;
    for (OffsetRange range : reader.since(topic, from)) {
      Hull hull = hull(range, from, to);
      if (hull.to > hull.from) {
        ranges.add(new OffsetRange(topic, range.partition(), hull.from, hull.to));
        count += hull.countedUpToLast;
      }
    }
    if (count == 0) {
      throw new IllegalStateException("there are no examples between these times in " + topic);
    }
    return new TrainingOrder.Span(ranges, count);
  }

  /**
   * The broker's answer is where to begin only: to it a transaction's marker is a record, too, with
   * the time at which it was written, and no example before the first one in question.
   */
  private Hull hull(OffsetRange range, Instant from, Instant to) {
    Hull hull = new Hull();
    for (long at = range.from(); at < range.to(); at += OFFSETS_AT_A_TIME) {
      long end = Math.min(range.to(), at + OFFSETS_AT_A_TIME);
      OffsetRange part = new OffsetRange(topic, range.partition(), at, end);
      reader.read(List.of(part)).forEach(record -> take(record, from, to, hull));
    }
    return hull;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Instant from, Instant to, Hull hull) {
    Instant known = Instant.ofEpochMilli(record.timestamp());
    boolean isWithin = !known.isBefore(from) && known.isBefore(to);
    if (isWithin && hull.from < 0) {
      hull.from = record.offset();
    }
    if (hull.from < 0) {
      return;
    }
    if (examples.deserialize(topic, record.value()).revision() == 1) {
      hull.counted++;
    }
    if (isWithin) {
      hull.to = record.offset() + 1;
      hull.countedUpToLast = hull.counted;
    }
  }
}
