package dev.weir.app.order;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RecordWriter;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Hands in orders and waits for the trigger's answer. */
public final class OrderDesk {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final String orders;
  private final TopicPartition answers;

  /** Creates access with settings of the Kafka client, at least {@code bootstrap.servers}. */
  public OrderDesk(Map<String, Object> client, TopicNames names) {
    this.client = Map.copyOf(client);
    this.orders = names.of(Topics.TRAINING_ORDERS);
    this.answers = new TopicPartition(names.of(Topics.ORDER_ANSWERS), 0);
  }

  /**
   * Hands in an order and returns its answer; empty where none came in time. The order stays and is
   * answered when a trigger runs.
   *
   * @throws IllegalStateException if there is no topic of answers, or the broker takes no order
   */
  public Optional<OrderAnswer> hand(TrainingOrder order, Duration patience)
      throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        RecordWriter writer = new RecordWriter(client)) {
      if (consumer.partitionsFor(answers.topic()).isEmpty()) {
        throw new IllegalStateException("there is no topic " + answers.topic());
      }
      consumer.assign(List.of(answers));
      consumer.seekToEnd(List.of(answers));
      // Asked for now, before the order is given: the answer lies behind it.
      consumer.position(answers);
      writer.write(orders, order.model(), order.orderedAt(), Json.write(order));
      return await(consumer, order, patience);
    }
  }

  private static Optional<OrderAnswer> await(
      KafkaConsumer<byte[], byte[]> consumer, TrainingOrder order, Duration patience) {
    long start = System.nanoTime();
    do {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        OrderAnswer answer = Json.read(record.value(), OrderAnswer.class);
        if (answer.orderId().equals(order.orderId()) && answer.model().equals(order.model())) {
          return Optional.of(answer);
        }
      }
    } while (System.nanoTime() - start < patience.toNanos());
    return Optional.empty();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "latest");
    settings.put("allow.auto.create.topics", false);
    settings.put("fetch.max.wait.ms", 20);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
