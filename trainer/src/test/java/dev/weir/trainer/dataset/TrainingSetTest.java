package dev.weir.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.testkit.kafka.TestBroker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Silence that was taken for a label, and the label that came after all. */
class TrainingSetTest {
  private static final Instant AT = Instant.parse("2024-01-09T00:00:00Z");
  private static final Map<String, Object> CLIENT =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          """
          model: revised
          version: 1
          events:
            features: {topic: f, id: id, time: at}
            labels: {topic: l, id: id, time: at, value: late}
            onExpiry: {label: 0}
          features: [{name: x, type: number}]
          training: {network: {hidden: [4]}, evaluationShare: 0.001}
          triggers: {volume: {examples: 1}, drift: {}}
          """);

  @Test
  void anEventTrainsOnceByItsLastRevisionInTheRange() {
    String topic = TestBroker.uniqueName("examples");
    TestBroker.createTopics(topic);
    send(topic, "a", 0, 1);
    send(topic, "b", 0, 1);
    send(topic, "a", 1, 2);
    assertThat(read(topic, 3)).extracting(Example::eventId).containsExactlyInAnyOrder("a", "b");
    assertThat(read(topic, 3)).extracting(Example::label).containsExactlyInAnyOrder(1.0, 0.0);
    assertThat(read(topic, 2)).extracting(Example::label).containsExactly(0.0, 0.0);
  }

  private static List<Example> read(String topic, long to) {
    List<OffsetRange> range = List.of(new OffsetRange(topic, 0, 0, to));
    TrainingRequest request =
        new TrainingRequest(
            "r", SPEC.model(), SPEC.digest(), "volume", "enough", range, range, AT, 1);
    return TrainingSet.read(request, SPEC, new RangeReader(CLIENT)).examples();
  }

  private static void send(String topic, String id, double label, int revision) {
    Row row = new Row(id, "", AT, SPEC.digest(), FeatureVector.of(1), Map.of(), Origin.STREAM);
    byte[] value =
        AvroSerde.examples().serializer().serialize("", new Example(row, label, AT, revision));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, value));
    }
  }
}
