package dev.weir.app.demo;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The examples topic, read to its end, with the place of each example. */
final class ExampleLog {
  private final String topic;
  private final List<Entry> entries = new ArrayList<>();

  /** An example and where it stands. */
  record Entry(int partition, long offset, long time, Example example) {}

  private ExampleLog(String topic) {
    this.topic = topic;
  }

  /** Reads all partitions of {@code topic} from their beginnings to their present ends. */
  static ExampleLog read(String topic, Map<String, Object> client) {
    ExampleLog log = new ExampleLog(topic);
    AvroSerde<Example> serde = AvroSerde.examples();
    for (ConsumerRecord<byte[], byte[]> record : new RangeReader(client).readAll(topic)) {
      Example example = serde.deserializer().deserialize(topic, record.value());
      log.entries.add(new Entry(record.partition(), record.offset(), record.timestamp(), example));
    }
    return log;
  }

  /** Returns all examples, by partition in the order in which they were joined. */
  List<Example> examples() {
    return entries.stream().map(Entry::example).toList();
  }

  /** Returns the examples in {@link #lastRanges}. */
  List<Example> last(int count) {
    Map<Integer, Long> from = starts(count);
    return entries.stream()
        .filter(e -> e.offset() >= from.getOrDefault(e.partition(), Long.MAX_VALUE))
        .map(Entry::example)
        .toList();
  }

  /**
   * Returns the ranges, one per partition, from the last {@code count} examples on: exactly these
   * where there is one partition. With more, last are those with the latest times, and what stands
   * among them in their partitions is included.
   */
  List<OffsetRange> lastRanges(int count) {
    Map<Integer, Long> ends = new TreeMap<>();
    entries.forEach(e -> ends.merge(e.partition(), e.offset() + 1, Math::max));
    List<OffsetRange> ranges = new ArrayList<>();
    starts(count)
        .forEach(
            (partition, start) ->
                ranges.add(
                    new OffsetRange(topic, partition, start, ends.getOrDefault(partition, start))));
    return ranges;
  }

  private Map<Integer, Long> starts(int count) {
    List<Entry> ordered = new ArrayList<>(entries);
    if (ordered.stream().anyMatch(e -> e.partition() != ordered.get(0).partition())) {
      ordered.sort(Comparator.comparingLong(Entry::time));
    }
    Map<Integer, Long> starts = new TreeMap<>();
    ordered
        .subList(Math.max(0, ordered.size() - count), ordered.size())
        .forEach(e -> starts.merge(e.partition(), e.offset(), Math::min));
    return starts;
  }
}
