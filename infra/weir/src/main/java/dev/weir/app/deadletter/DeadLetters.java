package dev.weir.app.deadletter;

import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The dead letters of one model. */
public final class DeadLetters {
  private final CommittedRecords records;
  private final String topic;

  /**
   * Creates access with settings of the Kafka client, at least {@code bootstrap.servers}.
   *
   * @param which {@link Topics#DEAD_LETTERS} or {@link Topics#GROUP_DEAD_LETTERS}
   */
  public DeadLetters(Map<String, Object> client, TopicNames names, Topics which) {
    this.records = new CommittedRecords(client);
    this.topic = names.of(which);
  }

  /** Gives every letter that lies there now. */
  public void forEach(Consumer<Letter> action) {
    records.forEach(topic, record -> action.accept(new Letter(record)));
  }

  /** Returns the letter at {@code PARTITION-OFFSET}, if there is one. */
  public Optional<Letter> find(String id) {
    AtomicReference<Letter> found = new AtomicReference<>();
    forEach(
        letter -> {
          if (letter.id().equals(id)) {
            found.set(letter);
          }
        });
    return Optional.ofNullable(found.get());
  }
}
