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
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.dashboards.log.AuditLog;
import dev.weir.model.registry.ModelRegistry;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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
  private final Pipelines pipelines;
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
    this.ticksDone = resume();
    this.producer = opened.add(producer(client));
    ModelRecords records = opened.add(new ModelRecords(names, settings.policy(), client));
    this.pipelines = opened.add(new Pipelines(settings, names, client, admin, records));
    this.pipelineMeters =
        new PipelineMeters(spec.model(), spec.groupsInRows(), pipelines::lastCounts);
    SpecSuccession specs = pipelines.succession();
    GroupAccess.settle(admin, specs.runningByNames(names), settings.policy());
    this.serving = opened.add(new ServingRoles(specs, names, client, registry, key.verifier()));
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

  private void startRoles(Path directory, Map<String, Object> ofTrainer)
      throws InterruptedException {
    PipelineRole pipeline = pipelines.live().orElseThrow();
    roles.follow(new Follower(pipeline, pipeline.topics(), pipelines::failure));
    pipelines.start();
    serving.followers().forEach(roles::follow);
    serving.start();
    auditLog.start();
    SpecWatch watch =
        opened.add(new SpecWatch(pipelines, () -> serving.live().deployment(names.model())));
    watch.start();
    List<SpecGeneration> specs = pipelines.succession().running();
    ModelSpec spec = SpecSuccession.specOf(pipelines.succession().live());
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
    specs.forEach(each -> trainer.alsoBy(SpecSuccession.specOf(each), each.names(names)));
    roles.start("weir-trainer", Set.copyOf(trainer.topics()), MAX_TRAINING, trainer);
    specs.forEach(this::startAuditor);
    LedgerWorker ledger = opened.add(new LedgerWorker(StackSettings.PREFIX, client));
    roles.follow(new Follower(ledger, Set.of(ledger.topic()), ledger::failure));
    ledger.start();
  }

  /** Each spec has an auditor of its own: it knows its features and follows its examples. */
  private void startAuditor(SpecGeneration of) {
    Set<String> others =
        pipelines.succession().generations().stream()
            .map(SpecGeneration::specDigest)
            .filter(digest -> !digest.equals(of.specDigest()))
            .collect(Collectors.toSet());
    AuditWorker auditor =
        opened.add(
            new AuditWorker(
                SpecSuccession.specOf(of),
                others,
                settings.policy(),
                of.names(names),
                client,
                registry,
                key,
                settings.clock()));
    String name = "weir-auditor" + (of.number() == 1 ? "" : "-" + of.number());
    roles.start(name, Set.copyOf(auditor.topics()), MAX_AUDIT, auditor);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    Map<String, Object> settings = new java.util.HashMap<>(client);
    settings.put("acks", "all");
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
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
    return pipelines.live().map(PipelineRole::counts).orElse(Map.of());
  }

  /** Returns what the pipeline of each spec has counted, by its number among the model's specs. */
  public Map<Integer, Map<String, Long>> countsBySpec() {
    return pipelines.countsByGeneration();
  }

  /** Returns the specs of the model, in their order, with what each does now. */
  public List<SpecGeneration> specs() {
    return pipelines.succession().generations();
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
    SpecSuccession specs = pipelines.succession();
    Map<String, Integer> numbers =
        specs.running().stream()
            .collect(Collectors.toMap(SpecGeneration::specDigest, SpecGeneration::number));
    return new ServingRegistry.Installation(
        serving.live(),
        Map.of(names.model(), SpecSuccession.specOf(specs.live())),
        specs.running().stream().map(SpecSuccession::specOf).toList(),
        PredictionLog.to(serving.restOutlet(), numbers),
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
