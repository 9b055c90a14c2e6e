package dev.weir.app.stack;

import dev.weir.app.driver.DriverClock;
import dev.weir.app.driver.EventTimeDriver;
import dev.weir.app.driver.Follower;
import dev.weir.app.driver.LastTick;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.ledger.LedgerWorker;
import dev.weir.auditor.verify.LedgerFile;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.control.ModelRecord;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.dashboards.log.AuditLog;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.pipeline.PipelineInstance;
import dev.weir.pipeline.PipelineRole;
import dev.weir.registry.RegistryServer;
import dev.weir.serving.live.Lease;
import dev.weir.serving.rest.Limits;
import dev.weir.serving.rest.PredictionLog;
import dev.weir.serving.rest.ServingRegistry;
import dev.weir.trainer.job.ChildProcess;
import dev.weir.trainer.worker.TrainerWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Broker, registry and every role for one model, in this process; the training jobs are child JVMs.
 *
 * <p>Started in the order in which data flows and closed in the reverse order.
 */
public final class Stack implements AutoCloseable {
  private static final Duration MAX_TRAINING = Duration.ofHours(1);
  private static final Duration MAX_AUDIT = Duration.ofMinutes(30);

  private final StackSettings settings;
  private final TopicNames names;
  private final Opened opened;
  private final Roles roles;
  private final Map<String, Object> client;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final ModelRegistry registry;
  private final SigningKey key;
  private final PipelineRole pipeline;
  private final PipelineMeters pipelineMeters;
  private final ServingRoles serving;
  private final AuditLog auditLog;
  private final long ticksDone;

  /** Starts everything and returns when every role runs. */
  public static Stack start(StackSettings settings) throws IOException, InterruptedException {
    Opened opened = new Opened();
    try {
      return new Stack(settings, opened);
    } catch (IOException | InterruptedException | RuntimeException e) {
      closeAfter(e, opened);
      throw e;
    }
  }

  private static void closeAfter(Exception failure, Opened opened) {
    try {
      opened.close();
    } catch (IllegalStateException e) {
      failure.addSuppressed(e);
    }
  }

  private Stack(StackSettings settings, Opened opened) throws IOException, InterruptedException {
    this.settings = settings;
    this.opened = opened;
    ModelSpec spec = settings.spec();
    Path directory = settings.dataDirectory();
    this.names = new TopicNames(StackSettings.PREFIX, spec.model());
    EmbeddedBroker broker =
        opened.add(EmbeddedBroker.start(directory.resolve("broker"), 0, GroupAccess.users(spec)));
    this.client = Map.of("bootstrap.servers", broker.bootstrapServers());
    this.roles = new Roles(client, opened);
    RegistryServer server =
        opened.add(
            RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, settings.clock()));
    this.registry = opened.add(ModelRegistry.connect(server.uri()));
    this.key = SigningKey.in(directory.resolve("keys"));
    this.admin = opened.add(Admin.create(client));
    StackTopics.create(
        admin, names, spec, settings.partitions(), settings.moreTopics(), settings.isDriven());
    GroupAccess.settle(admin, names, spec, settings.policy());
    this.ticksDone = resume();
    this.producer = opened.add(producer(client));
    announceModel();
    this.pipeline = opened.add(pipeline(directory.resolve("state")));
    this.pipelineMeters =
        new PipelineMeters(spec.model(), spec.groupsInRows(), pipeline::lastCounts);
    this.serving = opened.add(new ServingRoles(spec, client, registry, key.verifier()));
    this.auditLog = opened.add(new AuditLog(StackSettings.PREFIX, client));
    startRoles(directory, GroupAccess.trainer(broker, spec, client));
  }

  /** The clock stands at the last tick before any role asks for the time. */
  private long resume() {
    if (!(settings.clock() instanceof DriverClock clock)) {
      return 0;
    }
    Optional<Tick> last = LastTick.of(client, names.of(Topics.TICKS), settings.spec().model());
    last.ifPresent(tick -> clock.advanceTo(tick.time()));
    return last.map(Tick::number).orElse(0L);
  }

  private PipelineRole pipeline(Path state) {
    ModelSpec spec = settings.spec();
    PipelineInstance instance = new PipelineInstance(client, state, settings.partitions(), "1");
    return settings.isDriven()
        ? new PipelineRole(spec, names, instance, settings.clock())
        : PipelineRole.free(spec, names, instance, settings.clock(), settings.watermark());
  }

  private void startRoles(Path directory, Map<String, Object> ofTrainer)
      throws InterruptedException {
    roles.follow(new Follower(pipeline, pipeline.topics(), pipeline::failure));
    pipeline.start();
    serving.followers().forEach(roles::follow);
    serving.start();
    auditLog.start();
    ModelSpec spec = settings.spec();
    TrainerWorker trainer =
        opened.add(
            new TrainerWorker(
                spec,
                settings.policy().mitigation(),
                StackSettings.PREFIX,
                ofTrainer,
                registry,
                ChildProcess.of(settings.childClassPath(), handle -> {}),
                directory.resolve("jobs"),
                settings.clock()));
    roles.start("weir-trainer", Set.copyOf(trainer.topics()), MAX_TRAINING, trainer);
    AuditWorker auditor =
        opened.add(
            new AuditWorker(
                spec, settings.policy(), names, client, registry, key, settings.clock()));
    roles.start("weir-auditor", Set.copyOf(auditor.topics()), MAX_AUDIT, auditor);
    LedgerWorker ledger = opened.add(new LedgerWorker(StackSettings.PREFIX, client));
    roles.follow(new Follower(ledger, Set.of(ledger.topic()), ledger::failure));
    ledger.start();
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    Map<String, Object> settings = new java.util.HashMap<>(client);
    settings.put("acks", "all");
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void announceModel() {
    ModelRecord model =
        new ModelRecord(
            settings.spec().model(),
            settings.spec().text(),
            settings.spec().digest(),
            settings.policy().text(),
            settings.policy().digest());
    byte[] recordKey = model.model().getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(names.of(Topics.MODELS), recordKey, Json.write(model)));
    producer.flush();
  }

  /** Returns the model. */
  public ModelSpec spec() {
    return settings.spec();
  }

  /** Returns the names of the model's topics. */
  public TopicNames names() {
    return names;
  }

  /** Returns settings of a Kafka client of this stack's broker. */
  public Map<String, Object> client() {
    return client;
  }

  /** Returns a producer; it is closed with the stack. */
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  /** Returns the model registry. */
  public ModelRegistry registry() {
    return registry;
  }

  /** Returns what checks this stack's certificates. */
  public CertificateVerifier verifier() {
    return key.verifier();
  }

  /** Returns the pipeline's counters. */
  public Map<String, Long> counts() {
    return pipeline.counts();
  }

  /** Shows what the roles count in {@code registry}, as long as the stack is there. */
  public void showMeters(MeterRegistry registry) {
    pipelineMeters.bindTo(registry);
    ShownMeters.show(serving.meters(), registry);
  }

  /** Returns why each role that has stopped by itself did, by its name. */
  public Map<String, String> stoppedRoles() {
    Map<String, String> stopped = roles.stopped();
    auditLog.failure().ifPresent(e -> stopped.put("audit-log", String.valueOf(e.getMessage())));
    return stopped;
  }

  /** Returns the version that decides now, if one does. */
  public OptionalInt servingVersion() {
    Optional<Lease> champion = serving.live().champion(settings.spec().model());
    if (champion.isEmpty()) {
      return OptionalInt.empty();
    }
    try (Lease lease = champion.get()) {
      return OptionalInt.of(lease.model().version());
    }
  }

  /** Returns what the dashboards read. */
  public AuditLog auditLog() {
    return auditLog;
  }

  /** Returns what the HTTP endpoints serve. */
  public ServingRegistry.Installation servingInstallation() {
    return new ServingRegistry.Installation(
        serving.live(),
        Map.of(settings.spec().model(), settings.spec()),
        PredictionLog.to(serving.restOutlet()),
        settings.clock(),
        Limits.DEFAULT);
  }

  /** Writes the ledger as it stands now to a file that {@code weir verify} checks offline. */
  public void exportLedger(Path file) throws IOException {
    LedgerFile.write(
        file,
        new RangeReader(client)
            .readAll(names.of(Topics.LEDGER)).stream()
                .map(record -> Json.read(record.value(), LedgerRecord.class))
                .toList());
  }

  /**
   * Returns a driver of this stack.
   *
   * @throws IllegalStateException if the stack runs free
   */
  public EventTimeDriver driver() {
    if (!(settings.clock() instanceof DriverClock clock)) {
      throw new IllegalStateException("a stack that runs free has no driver");
    }
    return new EventTimeDriver(
        producer,
        admin,
        clock,
        roles.followers(),
        names.of(Topics.TICKS),
        settings.spec().model(),
        ticksDone);
  }

  @Override
  public void close() {
    opened.close();
  }
}
