package dev.weir.app.demo;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * An attack on the training data, done on purpose and announced as such: a copy of the examples in
 * which the labels of small airports are flipped. The trainer knows nothing of it, and the rows
 * that judge stay clean.
 */
final class Sabotage {
  /** Name of the tampered topic. */
  static final String TOPIC = Demo.TAMPERED_TOPIC;

  private static final String GROUP = "originSize";
  private static final String VICTIM = "small";

  private final Producer<byte[], byte[]> producer;
  private final ModelSpec spec;

  Sabotage(Producer<byte[], byte[]> producer, ModelSpec spec) {
    this.producer = producer;
    this.spec = spec;
  }

  /**
   * Writes the tampered copy and returns the request that trains on it.
   *
   * @param examples the examples to tamper with
   * @param honest the same request on the true examples
   */
  TrainingRequest tamper(List<Example> examples, TrainingRequest honest, String requestId)
      throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    AvroSerde<Example> serde = AvroSerde.examples();
    for (Example example : examples) {
      byte[] value = serde.serializer().serialize(TOPIC, flipped(example));
      sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, null, null, value)));
    }
    producer.flush();
    return new TrainingRequest(
        requestId,
        spec.model(),
        honest.specDigest(),
        "operator",
        "SABOTAGE on purpose: labels of small airports flipped in " + TOPIC,
        List.of(range(sent)),
        honest.evaluation(),
        honest.requestedAt(),
        honest.seed());
  }

  private static OffsetRange range(List<Future<RecordMetadata>> sent) throws InterruptedException {
    try {
      long first = sent.get(0).get().offset();
      long last = sent.get(sent.size() - 1).get().offset();
      return new OffsetRange(TOPIC, 0, first, last + 1);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the tampered topic cannot be written", e);
    }
  }

  private static Example flipped(Example example) {
    boolean isVictim = VICTIM.equals(example.row().groups().get(GROUP));
    double label = isVictim ? 1 - example.label() : example.label();
    return new Example(example.row(), label, example.labelTime(), example.revision());
  }
}
