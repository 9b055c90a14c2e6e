package dev.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final TopicPartition PARTITION = new TopicPartition("things", 0);
  private static final long YEAR_2100_MILLIS = 4_102_444_800_000L;

  @TempDir Path dataDir;

  @Test
  void secondStartKeepsTheRecordsOfTheFirst() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(dataDir, 0)) {
      createTopic(first.bootstrapServers());
      send(first.bootstrapServers(), new byte[] {1, 2, 3}, YEAR_2100_MILLIS);
    }
    try (EmbeddedBroker second = EmbeddedBroker.start(dataDir, 0)) {
      assertThat(values(second.bootstrapServers(), 1)).containsExactly(new byte[] {1, 2, 3});
    }
  }

  @Test
  void sevenMegabyteRecordIsTakenAndUnknownTopicIsNotCreated() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
      createTopic(broker.bootstrapServers());
      send(broker.bootstrapServers(), new byte[7 * 1024 * 1024], YEAR_2100_MILLIS);
      assertThat(values(broker.bootstrapServers(), 1)).hasSize(1);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        assertThatThrownBy(() -> admin.describeTopics(List.of("absent")).allTopicNames().get())
            .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
      }
    }
  }

  @Test
  void takenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.start(dataDir, port))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("port " + port);
    }
  }

  @Test
  void directoryInUseIsRefusedAndItsBrokerGoesOn() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(dataDir, 0)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(dataDir, 0))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("in use by another broker");
      createTopic(first.bootstrapServers());
    }
  }

  @Test
  void directoryThatIsAFileIsRefused() throws Exception {
    Path file = Files.writeString(dataDir.resolve("file"), "x");
    assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("cannot hold a broker's data");
  }

  @Test
  void chosenPortIsTheOneListenedOn() {
    int port = FreePorts.two()[0];
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, port)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    }
  }

  private static void createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic topic =
          new NewTopic(PARTITION.topic(), 1, (short) 1)
              .configs(Map.of("max.message.bytes", "8388608"));
      admin.createTopics(List.of(topic)).all().get();
      admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).all().get();
    }
  }

  private static void send(String servers, byte[] value, long timestamp) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "max.request.size", "8388608");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(PARTITION.topic(), 0, timestamp, null, value)).get();
    }
  }

  private static List<byte[]> values(String servers, int expected) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      for (int polls = 0; polls < 100 && values.size() < expected; polls++) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
      }
    }
    return values;
  }
}
