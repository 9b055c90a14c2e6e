package dev.weir.contracts.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLoopOutageTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(5), Duration.ofMillis(20), LIMIT);

  private final String topic = TestBroker.uniqueName("outage");
  private final TopicPartition partition = new TopicPartition(topic, 0);
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<String> tried = new CopyOnWriteArrayList<>();
  private Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void theSameRecordsAreHandedOverAgainUntilTheOutageEnds() throws Exception {
    TestBroker.createTopics(topic);
    send("a", "b");
    try (RecordLoop loop = start(LIMIT, SHORT, repeatable(records -> failFirst(3, records)))) {
      awaitCommitted(loop, 2);
      assertThat(loop.retries()).isEqualTo(3);
      assertThat(loop.failure()).isEmpty();
      assertThat(seen).containsExactly("a", "b");

      send("c");
      awaitCommitted(loop, 3);
      assertThat(seen).containsExactly("a", "b", "c");
    }
  }

  @Test
  void anOutageThatOutlastsPatienceStopsTheLoopWithTheReason() throws Exception {
    TestBroker.createTopics(topic);
    send("a");
    Patience little =
        new Patience(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100));
    try (RecordLoop loop =
        start(LIMIT, little, repeatable(records -> failFirst(1_000_000, records)))) {
      await("the loop stops", () -> loop.failure().isPresent());
      assertThat(loop.failure().orElseThrow())
          .hasMessageContaining("gave up")
          .hasMessageContaining("not acknowledged")
          .hasRootCauseInstanceOf(TimeoutException.class);
      assertThat(loop.retries()).isBetween(1L, 20L);
      assertThat(loop.committed().getOrDefault(partition, 0L)).isZero();
    }
    try (RecordLoop next = start(LIMIT, SHORT, this::note)) {
      awaitCommitted(next, 1);
    }
  }

  @Test
  void aHandlerThatIsNotRepeatableGetsNothingTwice() throws Exception {
    TestBroker.createTopics(topic);
    send("a");
    try (RecordLoop loop = start(LIMIT, SHORT, records -> failFirst(1, records))) {
      await("the loop stops", () -> loop.failure().isPresent());
      assertThat(loop.failure().orElseThrow()).hasMessage("not acknowledged");
    }
    assertThat(tried).hasSize(1);
  }

  @Test
  void aLoopThatWaitsStaysAMemberOfItsGroup() throws Exception {
    TestBroker.createTopics(topic);
    send("a");
    Duration longestHandling = Duration.ofMillis(1000);
    Patience slow = new Patience(Duration.ofMillis(3000), Duration.ofMillis(3000), LIMIT);
    List<String> members = new CopyOnWriteArrayList<>();
    try (RecordLoop loop =
        start(
            longestHandling,
            slow,
            repeatable(
                records -> {
                  members.addAll(members());
                  failFirst(1, records);
                }))) {
      awaitCommitted(loop, 1);
    }
    assertThat(members).hasSize(2);
    assertThat(members.get(1)).isEqualTo(members.get(0));
  }

  @Test
  void closingDoesNotWaitForTheNextTry() throws Exception {
    TestBroker.createTopics(topic);
    send("a");
    Patience aDay = new Patience(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(2));
    RecordLoop loop = start(LIMIT, aDay, repeatable(records -> failFirst(1, records)));
    await("it waits", () -> loop.retries() == 1);
    loop.close();
    assertThat(loop.failure()).isEmpty();
    assertThat(seen).isEmpty();
  }

  @Test
  void aBrokerThatIsAwayWhileARecordIsHandledStopsNothing(@TempDir Path directory)
      throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
    int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
    client =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "request.timeout.ms",
            1000,
            "default.api.timeout.ms",
            1000);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    send("a");
    RecordLoop.Handler handler =
        records -> {
          entered.countDown();
          release.await();
          note(records);
        };
    try (RecordLoop loop = start(LIMIT, SHORT, handler)) {
      entered.await();
      broker.close();
      release.countDown();
      await("the commit fails", () -> loop.retries() > 0);
      try (EmbeddedBroker again = EmbeddedBroker.start(directory, port)) {
        assertThat(again.bootstrapServers()).isEqualTo(client.get("bootstrap.servers"));
        send("b");
        awaitCommitted(loop, 2);
        assertThat(loop.failure()).isEmpty();
        assertThat(seen).contains("a", "b");
        loop.close();
      }
    }
  }

  private RecordLoop start(Duration maxHandling, Patience patience, RecordLoop.Handler handler) {
    RecordLoop loop = new RecordLoop(topic, List.of(topic), client, maxHandling, patience, handler);
    loop.start();
    return loop;
  }

  private static RecordLoop.Handler repeatable(RecordLoop.Handler handler) {
    return new RecordLoop.Handler() {
      @Override
      public void handle(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        handler.handle(records);
      }

      @Override
      public boolean isRepeatable() {
        return true;
      }
    };
  }

  private void failFirst(int times, ConsumerRecords<byte[], byte[]> records) {
    tried.add("once");
    if (tried.size() <= times) {
      throw new IllegalStateException("not acknowledged", new TimeoutException("broker away"));
    }
    note(records);
  }

  private void note(ConsumerRecords<byte[], byte[]> records) {
    records.forEach(record -> seen.add(new String(record.value(), StandardCharsets.UTF_8)));
  }

  private List<String> members() {
    try (Admin admin = Admin.create(client)) {
      return admin
          .describeConsumerGroups(List.of(topic))
          .all()
          .get()
          .values()
          .iterator()
          .next()
          .members()
          .stream()
          .map(member -> member.consumerId())
          .toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void awaitCommitted(RecordLoop loop, long offset) {
    await(
        "offset " + offset + " is committed",
        () -> loop.committed().getOrDefault(partition, -1L) >= offset);
  }

  private static void await(String what, BooleanSupplier holds) {
    Await.until(LIMIT, holds, () -> what);
  }

  private void send(String... values) throws Exception {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("request.timeout.ms", 30_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value, value)).get();
      }
    }
  }
}
