package dev.weir.auditor;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.GroupValues;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.AppliedMitigation;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.onnx.SoftmaxGraph;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics with held-out examples, and candidates that score them by softmax of two features. */
final class AuditScene {
  static final int ROWS = 400;
  static final byte[] BACKGROUND = "x,y\n-1,1\n0,0\n1,-1\n".getBytes(StandardCharsets.UTF_8);
  static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          """
          model: late
          version: 1
          events:
            features: {topic: flights, id: id, time: at, entity: plane}
            labels: {topic: arrivals, id: id, time: at, value: late}
          features:
            - {name: x, type: number}
            - {name: y, type: number}
          training: {network: {hidden: [4]}}
          triggers:
            volume: {examples: 100}
            drift: {}
          rollout: {promoteAtEvidence: 20, mostShadowLabels: 200}
          """);
  private static final Map<String, Object> CLIENT =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  private static final ModelSpec SELECTIVE =
      SpecReader.parse(
          "weir.yaml", SPEC.text().replace("events:\n", "events:\n  observedWhen: negative\n"));

  private static final ModelSpec DECLARING =
      SpecReader.parse(
          "weir.yaml",
          SELECTIVE.text()
              + """
              groups:
                - name: side
                  field: slope
                  classes: {up: [u], down: [d], level: [l]}
              """);

  /** The same model with its groups in a topic of their own. */
  private static final ModelSpec APART =
      SpecReader.parse(
          "weir.yaml",
          SPEC.text().replace("events:\n", "events:\n  groups: {topic: people, id: id}\n")
              + "groups: [{name: side}, {name: g}]\n");

  private final ModelSpec spec;
  private final ModelRegistry registry;
  private final TopicNames names;
  private final Policy policy;
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Example> members = new ArrayList<>();
  private final List<GroupValues> apart = new ArrayList<>();
  private int sent;
  private int unobserved;
  private long end;

  private AuditScene(ModelRegistry registry, TopicNames names, Policy policy) {
    this(registry, names, policy, SPEC);
  }

  private AuditScene(ModelRegistry registry, TopicNames names, Policy policy, ModelSpec spec) {
    this.spec = spec;
    this.registry = registry;
    this.names = names;
    this.policy = policy;
  }

  /** Returns a scene whose examples topic holds {@link #ROWS} held-out rows. */
  static AuditScene create(ModelRegistry registry) {
    AuditScene scene = onFreshTopics(registry, AuditPolicies.POLICY);
    scene.sendRows("e", SPEC.digest(), ROWS);
    return scene;
  }

  /** Returns a scene of few rows, whose policy wants a calibration that few rows do not show. */
  static AuditScene young(ModelRegistry registry, int rows) {
    AuditScene young = onFreshTopics(registry, AuditPolicies.PATIENT);
    young.sendRows("e", SPEC.digest(), rows);
    return young;
  }

  /** Returns a scene with as many training rows, whose policy asks about every hazard. */
  static AuditScene probing(ModelRegistry registry) {
    AuditScene probing = onFreshTopics(registry, AuditPolicies.PROBING);
    probing.sendRows("e", SPEC.digest(), ROWS);
    probing.sendMembers(ROWS);
    return probing;
  }

  private static AuditScene onFreshTopics(ModelRegistry registry, Policy policy) {
    AuditScene scene = new AuditScene(registry, names(), policy);
    TestBroker.createTopics(
        scene.topic(Topics.EXAMPLES),
        scene.topic(Topics.DEPLOYMENTS),
        scene.topic(Topics.AUDITS),
        scene.topic(Topics.CANDIDATES),
        scene.topic(Topics.LEDGER_ENTRIES));
    return scene;
  }

  /** Returns a scene whose policy asks for sides that are selected alike, and has a mitigation. */
  static AuditScene strict(ModelRegistry registry) {
    AuditScene strict = onFreshTopics(registry, AuditPolicies.STRICT);
    TestBroker.createTopics(strict.topic(Topics.TRAINING_REQUESTS));
    strict.sendRows("e", SPEC.digest(), ROWS);
    return strict;
  }

  /** Returns the same rows and policy where rows carry no groups; nobody has said them yet. */
  static AuditScene apart(ModelRegistry registry) {
    AuditScene scene = new AuditScene(registry, names(), AuditPolicies.STRICT, APART);
    TestBroker.createTopics(
        scene.topic(Topics.EXAMPLES),
        scene.topic(Topics.GROUP_VALUES),
        scene.topic(Topics.DEPLOYMENTS),
        scene.topic(Topics.AUDITS),
        scene.topic(Topics.CANDIDATES),
        scene.topic(Topics.TRAINING_REQUESTS),
        scene.topic(Topics.LEDGER_ENTRIES));
    scene.sendRows("e", APART.digest(), ROWS);
    return scene;
  }

  /** Says the groups that the rows would carry, of the first so many. */
  void sayGroups(int rows) {
    apart.subList(0, rows).forEach(values -> send(Topics.GROUP_VALUES, values));
  }

  /** Says of the first row that it is on another side. */
  void changeFirstGroup() {
    GroupValues first = apart.get(0);
    send(
        Topics.GROUP_VALUES,
        new GroupValues(first.subject(), first.time().plusSeconds(1), Map.of("side", "elsewhere")));
  }

  private void send(Topics topic, GroupValues values) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(
          new ProducerRecord<>(topic(topic), values.subject().getBytes(), Json.write(values)));
    }
  }

  /** Takes the groups out of an example where the spec keeps them apart. */
  private Example carried(Example example) {
    if (spec.events().groups() == null) {
      return example;
    }
    apart.add(new GroupValues(example.eventId(), example.labelTime(), example.row().groups()));
    return example.with(Map.of());
  }

  /** Returns a scene of a model whose labels come only where it does not select. */
  static AuditScene selective(ModelRegistry registry) {
    return selective(registry, AuditPolicies.WATCHFUL, SELECTIVE);
  }

  /** Returns the same, whose policy asks that groups are selected alike. */
  static AuditScene even(ModelRegistry registry) {
    return selective(registry, AuditPolicies.EVEN, SELECTIVE);
  }

  /** Returns the same of a spec that declares a side which no row is on. */
  static AuditScene declaring(ModelRegistry registry) {
    return selective(registry, AuditPolicies.WATCHFUL, DECLARING);
  }

  private static AuditScene selective(ModelRegistry registry, Policy policy, ModelSpec spec) {
    AuditScene scene = new AuditScene(registry, names(), policy, spec);
    TestBroker.createTopics(
        scene.topic(Topics.EXAMPLES),
        scene.topic(Topics.UNOBSERVED),
        scene.topic(Topics.DEPLOYMENTS),
        scene.topic(Topics.AUDITS),
        scene.topic(Topics.CANDIDATES),
        scene.topic(Topics.LEDGER_ENTRIES));
    scene.sendRows("e", spec.digest(), ROWS);
    return scene;
  }

  /** Adds rows without a label to their topic, and returns how many of them are held out. */
  int sendUnobserved(int count, Instant time, String specDigest) {
    int heldOut = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < count; i++) {
        String id = "u" + unobserved++;
        Row row =
            new Row(
                id,
                "entity",
                time,
                specDigest,
                FeatureVector.of(-1, 1),
                Map.of("g", "0", "side", "up"),
                Origin.STREAM);
        byte[] value = AvroSerde.rows().serializer().serialize("", row);
        producer.send(
            new ProducerRecord<>(
                topic(Topics.UNOBSERVED), 0, time.toEpochMilli(), id.getBytes(), value));
        heldOut += spec.holdOut().contains(id) ? 1 : 0;
      }
    }
    return heldOut;
  }

  /** Returns the same rows and policy on fresh topics, where one record was kept. */
  AuditScene withNothingBut(Topics topic, byte[] value) {
    AuditScene fresh = strict(registry);
    fresh.send(topic, value);
    return fresh;
  }

  /** Returns the same rows on topics without an audit. */
  AuditScene withFreshTopics() {
    return create(registry);
  }

  /** Returns the same rows on topics where {@code audits} takes no record above that size. */
  AuditScene withTopicsOfAtMost(int bytes) {
    TopicNames names = names();
    NewTopic audits =
        new NewTopic(names.of(Topics.AUDITS), 1, (short) 1)
            .configs(Map.of("max.message.bytes", Integer.toString(bytes)));
    try (Admin admin = Admin.create(CLIENT)) {
      admin.createTopics(List.of(audits)).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    TestBroker.createTopics(
        names.of(Topics.EXAMPLES), names.of(Topics.DEPLOYMENTS), names.of(Topics.LEDGER_ENTRIES));
    return filled(registry, names);
  }

  private static TopicNames names() {
    return new TopicNames(TestBroker.uniqueName("audit"), SPEC.model());
  }

  private static AuditScene filled(ModelRegistry registry, TopicNames names) {
    AuditScene scene = new AuditScene(registry, names, AuditPolicies.POLICY);
    scene.sendRows("e", SPEC.digest(), ROWS);
    return scene;
  }

  /** Adds held-out rows that another spec's encoder wrote. */
  void sendRowsOfAnotherSpec(int count) {
    sendRows("o", "another", count);
  }

  /** Adds held-out rows, and returns them all as they lie on the topic. */
  List<ConsumerRecord<byte[], byte[]>> moreRows(int count) {
    sendRows("e", SPEC.digest(), count);
    return TestBroker.readAll(topic(Topics.EXAMPLES));
  }

  private void sendRows(String prefix, String specDigest, int count) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      int until = sent + count;
      for (int i = 0; sent < until; i++) {
        String id = prefix + sent + "-" + i;
        if (spec.holdOut().contains(id)) {
          byte[] value =
              AvroSerde.examples()
                  .serializer()
                  .serialize("", carried(example(id, specDigest, random)));
          producer.send(new ProducerRecord<>(topic(Topics.EXAMPLES), value));
          sent++;
        }
      }
    }
    end += count;
  }

  private void sendMembers(int count) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; members.size() < count; i++) {
        String id = "m" + i;
        if (!spec.holdOut().contains(id)) {
          Example member = example(id, SPEC.digest(), random);
          byte[] value = AvroSerde.examples().serializer().serialize("", member);
          producer.send(new ProducerRecord<>(topic(Topics.EXAMPLES), value));
          members.add(member);
        }
      }
    }
    end += count;
  }

  /** The label follows the model's probability, so the candidate ranks well. */
  private static Example example(String id, String specDigest, SplittableRandom random) {
    float x = (float) (random.nextDouble() * 4 - 2);
    float y = (float) (random.nextDouble() * 4 - 2);
    double p = 1 / (1 + Math.exp(x - y));
    Instant time = Instant.parse("2024-01-09T00:00:00Z");
    Row row =
        new Row(
            id,
            "entity",
            time,
            specDigest,
            FeatureVector.of(x, y),
            groups(random.nextInt(4), y > x ? "up" : "down"),
            Origin.STREAM);
    return new Example(row, random.nextDouble() < p ? 1 : 0, time, 1);
  }

  /** A quarter of the rows has no value of the grouping. */
  private static Map<String, String> groups(int draw, String side) {
    return draw == 3 ? Map.of("side", side) : Map.of("g", Integer.toString(draw), "side", side);
  }

  AuditWorker worker(SigningKey key, Clock clock) {
    return new AuditWorker(spec, policy, names, CLIENT, registry, key, clock);
  }

  ModelSpec spec() {
    return spec;
  }

  String topic(Topics topic) {
    return names.of(topic);
  }

  void send(Topics topic, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topic(topic), value));
    }
  }

  void promote(Audit audit) {
    Deployment.Slot slot =
        new Deployment.Slot(audit.version(), audit.runId(), audit.certificate(), audit.auditedAt());
    Deployment deployment =
        new Deployment(
            SPEC.model(),
            1,
            slot,
            null,
            Deployment.Change.PROMOTED,
            audit.version(),
            audit.requestId(),
            "test",
            audit.auditedAt());
    send(Topics.DEPLOYMENTS, Json.write(deployment));
  }

  <T> List<T> read(Topics topic, Class<T> type) {
    return TestBroker.readAll(topic(topic)).stream()
        .map(record -> Json.read(record.value(), type))
        .toList();
  }

  /** Returns a trained candidate whose files are in the registry. */
  Candidate candidate(String requestId) {
    return candidate(request(requestId), Map.of());
  }

  /** Returns a trained candidate that decides by these thresholds by side, if there are any. */
  Candidate candidate(TrainingRequest request, Map<String, Double> thresholds) {
    String requestId = request.requestId();
    byte[] onnx = SoftmaxGraph.onnx();
    ModelManifest plain = manifest(requestId, onnx);
    MitigationOrder order = request.mitigation();
    byte[] manifest =
        (order == null
                ? plain
                : plain.with(plain.decisionThreshold(), new AppliedMitigation(order, thresholds)))
            .toJson();
    String run = registry.startRun("test", requestId, Map.of(), 1);
    registry.upload(run, ModelArtifact.ONNX_PATH, onnx);
    registry.upload(run, ModelArtifact.MANIFEST_PATH, manifest);
    registry.upload(run, ModelArtifact.BACKGROUND_PATH, BACKGROUND);
    int version = registry.registerVersion(SPEC.model(), run, Map.of("weir.requestId", requestId));
    return new Candidate(
        request,
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

  /** Puts other files, which fit each other, in place of the candidate's. */
  void replaceFiles(Candidate candidate, String requestId) {
    byte[] onnx = SoftmaxGraph.onnx("another", "probability");
    registry.upload(candidate.runId(), ModelArtifact.ONNX_PATH, onnx);
    registry.upload(
        candidate.runId(), ModelArtifact.MANIFEST_PATH, manifest(requestId, onnx).toJson());
  }

  Candidate failed(String requestId, String why) {
    return failed(request(requestId), why);
  }

  Candidate failed(TrainingRequest request, String why) {
    return new Candidate(
        request, Candidate.Status.FAILED, 0, "", "", "", Map.of(), "estimated", why, Instant.EPOCH);
  }

  private TrainingRequest request(String requestId) {
    List<OffsetRange> range = List.of(new OffsetRange(topic(Topics.EXAMPLES), 0, 0, end));
    return new TrainingRequest(
        requestId,
        spec.model(),
        spec.digest(),
        "volume",
        "enough rows",
        range,
        range,
        Instant.EPOCH,
        42);
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private ModelManifest manifest(String requestId, byte[] onnx) {
    return new ModelManifest(
        spec.model(),
        requestId,
        spec.digest(),
        Sha256.hex(onnx),
        SPEC.featureNames(),
        0.5,
        0.5,
        100,
        ROWS,
        RowsDigest.of(members.stream().sorted(RowsDigest.ORDER).toList()),
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
        null);
  }
}
