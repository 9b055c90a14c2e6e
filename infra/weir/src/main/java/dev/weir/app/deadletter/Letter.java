package dev.weir.app.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record on a topic of dead letters.
 *
 * @param record the record as it was read
 */
public record Letter(ConsumerRecord<byte[], byte[]> record) {
  /** Header of a replayed record: where the record stood that it is a copy of. */
  public static final String REPLAY_OF = "weir.replay.of";

  private static final Set<String> ADDED =
      Set.of(
          "weir.reason",
          "weir.message",
          "weir.exception",
          "weir.topic",
          "weir.partition",
          "weir.offset",
          "weir.cut.from.bytes");

  /** Returns where it lies among the dead letters, {@code PARTITION-OFFSET}. */
  public String id() {
    return record.partition() + "-" + record.offset();
  }

  /** Returns where the record stood that could not be used, {@code TOPIC-PARTITION-OFFSET}. */
  public String origin() {
    return topic() + "-" + partition() + "-" + text("weir.offset").orElse("?");
  }

  /** Returns the topic of the record that could not be used; empty where no header says it. */
  public String topic() {
    return text("weir.topic").orElse("");
  }

  /** Returns the partition of the record that could not be used; -1 where no header says it. */
  public int partition() {
    return text("weir.partition").map(Integer::parseInt).orElse(-1);
  }

  /** Returns the reason code; empty where no header says it. */
  public String reason() {
    return text("weir.reason").orElse("");
  }

  /** Returns whether only the first part of the value was kept. */
  public boolean isCut() {
    return text("weir.cut.from.bytes").isPresent();
  }

  /** Returns the origin of the first of its copies, where it is a copy that failed again. */
  public Optional<String> replayOf() {
    return text(REPLAY_OF);
  }

  /** Returns a header's last value as text. */
  public Optional<String> text(String header) {
    return Optional.ofNullable(record.headers().lastHeader(header))
        .filter(found -> found.value() != null)
        .map(found -> new String(found.value(), StandardCharsets.UTF_8));
  }

  /** Returns the headers that the record had when it could not be used, in their order. */
  public List<Header> originalHeaders() {
    List<Header> original = new ArrayList<>();
    Set<String> left = new HashSet<>(ADDED);
    List<Header> all = new ArrayList<>(List.of(record.headers().toArray()));
    Collections.reverse(all);
    for (Header header : all) {
      // Ours came last; a user may have a header of that name, too.
      if (!left.remove(header.key())) {
        original.add(header);
      }
    }
    Collections.reverse(original);
    return original;
  }
}
