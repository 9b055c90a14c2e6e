package dev.weir.app.deadletter;

import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to where they came from, each at most once.
 *
 * <p>The record and a marker with its origin are written in one transaction, in the name of the
 * model: a run that was killed leaves both or neither, and a second run at the same time ends the
 * first one's transaction before it reads the markers.
 */
public final class Replay implements AutoCloseable {
  private static final int LETTERS_PER_TRANSACTION = 100;
  private static final int BYTES_PER_TRANSACTION = 16 << 20;
  private static final int ANSWER_WITHIN_MILLIS = 15_000;

  private final TopicNames names;
  private final Topics which;
  private final CommittedRecords records;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Integer> partitions = new HashMap<>();
  private int openLetters;
  private long openBytes;

  /** What became of a letter. */
  public enum Outcome {
    /** It was sent, or would have been in a dry run. */
    REPLAYED,
    /** It had been sent before. */
    ALREADY_REPLAYED,
    /** It is a copy that failed again, and only a run that says so sends it again. */
    FAILED_AGAIN,
    /** Its value was cut, so that what was sent is no longer known. */
    CUT,
    /** No header says where it came from. */
    WITHOUT_ORIGIN
  }

  /**
   * What is to be sent.
   *
   * @param which the letters in question
   * @param isAgain whether copies that failed again are sent, too
   * @param isDry whether nothing is sent at all
   */
  public record Order(Predicate<Letter> which, boolean isAgain, boolean isDry) {}

  /**
   * Opens a replay with settings of the Kafka client, at least {@code bootstrap.servers}.
   *
   * @param which {@link Topics#DEAD_LETTERS} or {@link Topics#GROUP_DEAD_LETTERS}
   */
  public Replay(Map<String, Object> client, TopicNames names, Topics which) {
    this.names = names;
    this.which = which;
    this.records = new CommittedRecords(client);
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("transactional.id", names.prefix() + "-replay-" + names.model());
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    settings.put("max.block.ms", ANSWER_WITHIN_MILLIS);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends the letters that lie there now and are to be sent.
   *
   * @param tell is given each letter in question with what became of it
   * @return how many had which outcome
   */
  public Map<Outcome, Integer> run(Order order, BiConsumer<Letter, Outcome> tell) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    if (!order.isDry()) {
      producer.initTransactions();
    }
    Set<String> replayed = replayed();
    records.forEach(
        names.of(which),
        record -> {
          Letter letter = new Letter(record);
          if (order.which().test(letter)) {
            Outcome outcome = outcome(letter, replayed, order);
            if (outcome == Outcome.REPLAYED) {
              replayed.add(letter.origin());
              if (!order.isDry()) {
                send(letter);
              }
            }
            counts.merge(outcome, 1, Integer::sum);
            tell.accept(letter, outcome);
          }
        });
    commit();
    return counts;
  }

  private Set<String> replayed() {
    Set<String> origins = new HashSet<>();
    String model = names.model() + "/";
    records.forEach(
        names.of(Topics.REPLAYS),
        marker -> {
          String key = new String(marker.key(), StandardCharsets.UTF_8);
          if (key.startsWith(model)) {
            origins.add(key.substring(model.length()));
          }
        });
    return origins;
  }

  private static Outcome outcome(Letter letter, Set<String> replayed, Order order) {
    if (letter.topic().isEmpty() || letter.partition() < 0) {
      return Outcome.WITHOUT_ORIGIN;
    }
    if (replayed.contains(letter.origin())) {
      return Outcome.ALREADY_REPLAYED;
    }
    if (letter.isCut()) {
      return Outcome.CUT;
    }
    return letter.replayOf().isPresent() && !order.isAgain()
        ? Outcome.FAILED_AGAIN
        : Outcome.REPLAYED;
  }

  private void send(Letter letter) {
    if (openLetters == 0) {
      producer.beginTransaction();
    }
    producer.send(copy(letter));
    producer.send(
        new ProducerRecord<>(
            names.of(Topics.REPLAYS), bytes(names.model() + "/" + letter.origin()), new byte[0]));
    openLetters++;
    openBytes += Math.max(0, letter.record().serializedValueSize());
    if (openLetters == LETTERS_PER_TRANSACTION || openBytes > BYTES_PER_TRANSACTION) {
      commit();
    }
  }

  /** A send that failed makes the commit fail: nothing of the transaction is there then. */
  private void commit() {
    if (openLetters > 0) {
      producer.commitTransaction();
      openLetters = 0;
      openBytes = 0;
    }
  }

  /**
   * Returns the record as it was; a copy says of what, so that its next failure is known as one.
   */
  private ProducerRecord<byte[], byte[]> copy(Letter letter) {
    RecordHeaders headers = new RecordHeaders(letter.originalHeaders());
    if (letter.replayOf().isEmpty()) {
      headers.add(Letter.REPLAY_OF, bytes(letter.origin()));
    }
    String topic = letter.topic();
    int count = partitions.computeIfAbsent(topic, name -> producer.partitionsFor(name).size());
    return new ProducerRecord<>(
        topic,
        letter.partition() < count ? letter.partition() : null,
        letter.record().timestamp(),
        letter.record().key(),
        letter.record().value(),
        headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Closes the connection; what is not committed is not there. */
  @Override
  public void close() {
    producer.close();
  }
}
