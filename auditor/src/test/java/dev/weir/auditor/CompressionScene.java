package dev.weir.auditor;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.Compression;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.onnx.ChainGraph;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A logistic model of x and y. One row in ten is of the small group, whose labels hang on y, which
 * has the lesser weight; those of the large group hang on x.
 */
final class CompressionScene implements AutoCloseable {
  static final int ROWS = 1200;
  private static final double[][] WEIGHTS = {{3, 0.5}};
  private static final byte[] BACKGROUND =
      "x,y\n-1,0\n1,0\n0,-3\n0,3\n".getBytes(StandardCharsets.UTF_8);
  private static final Map<String, Object> CLIENT =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private static final Policy POLICY =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: compressed
          version: 1
          alpha: 0.05
          reaudits: 0
          gates:
            - {name: ranks, metric: auc, above: 0.7}
            - {name: still right, metric: accuracyChange, groups: size, above: -0.1}
            - {name: same decisions, metric: flipRate, groups: size, below: 0.2, notAssessable: block}
            - {name: same reasons, metric: attributionShift, groups: size, below: 0.3}
            - {name: selected as before, metric: selectionRateChangeDifference, groups: size, within: 0.2}
            - {name: as sure, metric: brierChange, below: 0.02}
          """);

  private final ModelRegistry registry;
  private final TopicNames names;
  private final AuditWorker worker;

  CompressionScene(ModelRegistry registry, SigningKey key, Clock clock) {
    this.registry = registry;
    this.names = new TopicNames(TestBroker.uniqueName("pair"), AuditScene.SPEC.model());
    TestBroker.createTopics(
        names.of(Topics.EXAMPLES),
        names.of(Topics.DEPLOYMENTS),
        names.of(Topics.AUDITS),
        names.of(Topics.CANDIDATES),
        names.of(Topics.LEDGER_ENTRIES));
    sendRows();
    this.worker = new AuditWorker(AuditScene.SPEC, POLICY, names, CLIENT, registry, key, clock);
  }

  @Override
  public void close() {
    worker.close();
  }

  private void sendRows() {
    SplittableRandom random = new SplittableRandom(3);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer())) {
      int sent = 0;
      for (int i = 0; sent < ROWS; i++) {
        if (AuditScene.SPEC.holdOut().contains("e" + i)) {
          byte[] value = AvroSerde.examples().serializer().serialize("", example("e" + i, random));
          producer.send(new ProducerRecord<>(names.of(Topics.EXAMPLES), value));
          sent++;
        }
      }
    }
  }

  private static Example example(String id, SplittableRandom random) {
    boolean isSmall = random.nextInt(10) == 0;
    float x = (float) ((random.nextDouble() * 2 - 1) * (isSmall ? 0.1 : 2));
    float y = (float) ((random.nextDouble() * 2 - 1) * (isSmall ? 6 : 0.2));
    double p = 1 / (1 + Math.exp(-WEIGHTS[0][0] * x - WEIGHTS[0][1] * y));
    Instant time = Instant.parse("2024-01-09T00:00:00Z");
    Row row =
        new Row(
            id,
            "entity",
            time,
            AuditScene.SPEC.digest(),
            FeatureVector.of(x, y),
            Map.of("size", isSmall ? "small" : "large"),
            Origin.STREAM);
    return new Example(row, random.nextDouble() < p ? 1 : 0, time, 1);
  }

  /** Returns the model file as it was trained. */
  static byte[] trained() {
    return onnx(WEIGHTS);
  }

  /** Returns it with weights of so many steps on either side of zero, as wide as the largest. */
  static byte[] quantized(int steps) {
    double step = Math.max(WEIGHTS[0][0], WEIGHTS[0][1]) / steps;
    return onnx(
        new double[][] {
          {Math.round(WEIGHTS[0][0] / step) * step, Math.round(WEIGHTS[0][1] / step) * step}
        });
  }

  /**
   * Returns the trained model with two operators at its end whose effect no reader of weights
   * knows.
   */
  static byte[] unreadable() {
    return ChainGraph.from("features", 2)
        .gemm(WEIGHTS, new double[] {0})
        .operator("Neg")
        .operator("Neg")
        .operator("Sigmoid")
        .onnx("probability", 1);
  }

  /** Returns a model file that answers the opposite. */
  static byte[] inverted() {
    return onnx(new double[][] {{-WEIGHTS[0][0], -WEIGHTS[0][1]}});
  }

  private static byte[] onnx(double[][] weights) {
    return ChainGraph.from("features", 2)
        .gemm(weights, new double[] {0})
        .operator("Sigmoid")
        .onnx("probability", 1);
  }

  /** Returns how a version was made of another by fewer bits. */
  static Compression of(Candidate parent) {
    return new Compression(
        List.of(Compression.Method.QUANTIZED),
        parent.version(),
        parent.runId(),
        parent.onnxDigest());
  }

  /** Returns a candidate whose files are in the registry. */
  Candidate candidate(String requestId, byte[] onnx, @Nullable Compression compression) {
    byte[] manifest = manifest(requestId, onnx, compression).toJson();
    String run = registry.startRun("test", requestId, Map.of(), 1);
    registry.upload(run, ModelArtifact.ONNX_PATH, onnx);
    registry.upload(run, ModelArtifact.MANIFEST_PATH, manifest);
    registry.upload(run, ModelArtifact.BACKGROUND_PATH, BACKGROUND);
    int version =
        registry.registerVersion(AuditScene.SPEC.model(), run, Map.of("weir.requestId", requestId));
    List<OffsetRange> range = List.of(new OffsetRange(names.of(Topics.EXAMPLES), 0, 0, ROWS));
    return new Candidate(
        new TrainingRequest(
            requestId,
            AuditScene.SPEC.model(),
            AuditScene.SPEC.digest(),
            "volume",
            "enough rows",
            range,
            range,
            Instant.EPOCH,
            42),
        Candidate.Status.TRAINED,
        version,
        run,
        Sha256.hex(onnx),
        Sha256.hex(manifest),
        Map.of(),
        "estimated",
        null,
        Instant.EPOCH);
  }

  private static ModelManifest manifest(
      String requestId, byte[] onnx, @Nullable Compression compression) {
    return new ModelManifest(
        AuditScene.SPEC.model(),
        requestId,
        AuditScene.SPEC.digest(),
        Sha256.hex(onnx),
        AuditScene.SPEC.featureNames(),
        0.5,
        0.5,
        100,
        ROWS,
        RowsDigest.of(List.of()),
        42,
        "",
        "test",
        Map.of(),
        1,
        ModelManifest.EnergyMethod.ESTIMATED,
        "test",
        Map.of(),
        null,
        Sha256.hex(BACKGROUND),
        Instant.EPOCH,
        null,
        compression);
  }

  /** Audits a candidate. */
  void audit(Candidate candidate) throws InterruptedException {
    TopicPartition partition = new TopicPartition(names.of(Topics.CANDIDATES), 0);
    var record = new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], Json.write(candidate));
    worker.handle(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
  }
}
