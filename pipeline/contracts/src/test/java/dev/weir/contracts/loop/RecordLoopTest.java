package dev.weir.contracts.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordLoopTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private String topic = "";
  private String group = "";

  @BeforeEach
  void createTopic() {
    topic = TestBroker.uniqueName("loop");
    group = TestBroker.uniqueName("group");
    TestBroker.createTopics(topic);
  }

  @Test
  void commitsOnlyAfterTheHandlerReturned() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    send("a", "b");
    try (RecordLoop loop =
        start(
            records -> {
              entered.countDown();
              release.await();
              note(records);
            })) {
      entered.await();
      assertThat(committed(0)).isZero();
      assertThat(loop.committed().getOrDefault(new TopicPartition(topic, 0), 0L)).isZero();

      release.countDown();
      awaitCommitted(loop, 2);
      assertThat(committed(0)).isEqualTo(2);
      assertThat(seen).containsExactly("a", "b");
    }
  }

  @Test
  void throwingHandlerStopsAndCommitsNothing() throws Exception {
    send("a", "b");
    try (RecordLoop loop =
        start(
            records -> {
              throw new IllegalStateException("no");
            })) {
      await("the loop stops", () -> loop.failure().isPresent());
      assertThat(loop.failure()).get().isInstanceOf(IllegalStateException.class);
    }
    assertThat(committed(0)).isZero();

    try (RecordLoop loop = start(this::note)) {
      awaitCommitted(loop, 2);
    }
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void restartContinuesAfterTheCommit() throws Exception {
    send("a", "b");
    try (RecordLoop loop = start(this::note)) {
      awaitCommitted(loop, 2);
    }
    send("c");
    try (RecordLoop loop = start(this::note)) {
      awaitCommitted(loop, 3);
      assertThat(loop.failure()).isEmpty();
    }
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void positionMovesPastTransactionMarkersAndAbortedRecords() {
    try (RecordLoop loop = start(this::note)) {
      transaction(true, "a", "b");
      awaitCommitted(loop, 3);
      transaction(false, "never");
      awaitCommitted(loop, 5);
      transaction(true, "c");
      awaitCommitted(loop, 7);
    }
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void closingInterruptsAWaitingHandlerWhichIsNoFailure() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    send("a");
    RecordLoop loop =
        start(
            records -> {
              entered.countDown();
              new CountDownLatch(1).await();
            });
    entered.await();
    loop.close();
    assertThat(loop.failure()).isEmpty();

    // Within the limit only if the first member has left its group: a session lasts 45 s.
    long start = System.nanoTime();
    try (RecordLoop next = start(this::note)) {
      awaitCommitted(next, 1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(seen).containsExactly("a");
  }

  @Test
  void aSecondMemberDoesNotStopTheFirst() throws Exception {
    topic = TestBroker.uniqueName("loop");
    TestBroker.createTopics(2, topic);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    send("a", "b", "c", "d", "e", "f");
    RecordLoop.Handler slow =
        records -> {
          entered.countDown();
          release.await();
          note(records);
        };
    try (RecordLoop first = start(slow)) {
      entered.await();
      try (RecordLoop second = start(this::note)) {
        await("a rebalance begins", () -> groupState() == GroupState.PREPARING_REBALANCE);
        release.countDown();
        await("every record is committed", () -> committed(0) + committed(1) == 6);
        await("both have a part", () -> first.committed().size() * second.committed().size() == 1);
        assertThat(first.failure()).isEmpty();
        assertThat(second.failure()).isEmpty();
        assertThat(seen).contains("a", "b", "c", "d", "e", "f");
      }
    }
  }

  @Test
  void loopThatNeverStartedCloses() {
    RecordLoop loop = new RecordLoop(group, List.of(topic), client(), LIMIT, this::note);

    loop.close();

    assertThat(loop.failure()).isEmpty();
    assertThat(loop.committed()).isEmpty();
  }

  private RecordLoop start(RecordLoop.Handler handler) {
    RecordLoop loop = new RecordLoop(group, List.of(topic), client(), LIMIT, handler);
    loop.start();
    return loop;
  }

  private static Map<String, Object> client() {
    return Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  }

  private void note(ConsumerRecords<byte[], byte[]> records) {
    records.forEach(record -> seen.add(new String(record.value(), StandardCharsets.UTF_8)));
  }

  private void awaitCommitted(RecordLoop loop, long offset) {
    TopicPartition partition = new TopicPartition(topic, 0);
    await(
        "offset " + offset + " is committed, was " + loop.committed(),
        () -> loop.committed().getOrDefault(partition, -1L) >= offset);
    assertThat(loop.committed()).containsEntry(partition, offset);
  }

  private static void await(String what, BooleanSupplier holds) {
    Await.until(LIMIT, holds, () -> what);
  }

  private void send(String... values) throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value, value)).get();
      }
    }
  }

  private void transaction(boolean isCommitted, String... values) {
    try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", group))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value, value));
      }
      producer.flush();
      if (isCommitted) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> settings = new java.util.HashMap<>(client());
    settings.putAll(more);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** Returns what the broker knows to be committed; 0 for nothing. */
  private long committed(int partition) {
    try (Admin admin = Admin.create(client())) {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(topic, partition));
      return offset == null ? 0 : offset.offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private GroupState groupState() {
    try (Admin admin = Admin.create(client())) {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).groupState();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
