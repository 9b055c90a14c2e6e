package dev.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A broker that stops among transactions leaves none open that its coordinator has forgotten. */
class OpenTransactionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("things", 0);
  private static final int PRODUCERS = 4;

  /** So many that the broker takes long to give them up. */
  private static final int BYSTANDERS = 200;

  private static final int COMMITS_BEFORE = 10;
  private static final Duration WITHIN = Duration.ofSeconds(20);

  @TempDir Path dataDir;

  // It takes luck to stop in the midst of an end.
  @RepeatedTest(2)
  void noTransactionIsOpenThatCountsAsComplete() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
      createTopics(broker.bootstrapServers());
      CountDownLatch commits = new CountDownLatch(PRODUCERS * COMMITS_BEFORE);
      List<Thread> producers = new ArrayList<>();
      for (int each = 0; each < PRODUCERS; each++) {
        String id = "producer-" + each;
        producers.add(new Thread(() -> commitOn(broker.bootstrapServers(), id, commits), id));
      }
      producers.forEach(Thread::start);
      commits.await();
      broker.close();
      for (Thread producer : producers) {
        producer.join();
      }
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(forgotten(admin)).isEmpty();
    }
  }

  /** Commits one record after another until the broker is gone. */
  private static void commitOn(String servers, String id, CountDownLatch commits) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "transactional.id", id, "max.block.ms", 2000);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      while (true) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(PARTITION.topic(), new byte[1]));
        producer.commitTransaction();
        commits.countDown();
      }
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
    }
  }

  /** Returns the producers that have a transaction open, though not for the coordinator. */
  private static Set<Long> forgotten(Admin admin) throws Exception {
    long deadline = System.nanoTime() + WITHIN.toNanos();
    Set<Long> forgotten = openButNotOngoing(admin);
    // Those that were decided before the broker stopped are completed after it starts.
    while (!forgotten.isEmpty() && System.nanoTime() < deadline) {
      forgotten = openButNotOngoing(admin);
    }
    return forgotten;
  }

  private static Set<Long> openButNotOngoing(Admin admin) throws Exception {
    Set<Long> open =
        producers(admin).stream()
            .filter(each -> each.currentTransactionStartOffset().isPresent())
            .map(ProducerState::producerId)
            .collect(Collectors.toSet());
    admin.listTransactions().all().get().stream()
        .filter(each -> each.state() == TransactionState.ONGOING)
        .map(TransactionListing::producerId)
        .forEach(open::remove);
    return open;
  }

  private static List<ProducerState> producers(Admin admin) throws Exception {
    while (true) {
      try {
        return admin
            .describeProducers(List.of(PARTITION))
            .partitionResult(PARTITION)
            .get()
            .activeProducers();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
  }

  private static void createTopics(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic topic = new NewTopic(PARTITION.topic(), 1, (short) 1);
      NewTopic bystander = new NewTopic("bystander", BYSTANDERS, (short) 1);
      admin.createTopics(List.of(topic, bystander)).all().get();
      admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).all().get();
    }
  }
}
