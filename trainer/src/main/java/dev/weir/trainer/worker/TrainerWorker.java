package dev.weir.trainer.worker;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Training;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.energy.EnergyMeter;
import dev.weir.model.energy.EnergyReading;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.registry.RegisteredVersion;
import dev.weir.trainer.dataset.DatasetException;
import dev.weir.trainer.dataset.TrainingSet;
import dev.weir.trainer.job.ChildProcess;
import dev.weir.trainer.job.JobOutcome;
import dev.weir.trainer.job.JobRows;
import dev.weir.trainer.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each training request of one model with one candidate, trained or failed. */
public final class TrainerWorker implements RecordLoop.Handler, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TrainerWorker.class);
  private static final String REQUEST_ID = "weir.requestId";
  private static final String CODE_VERSION = "0.1.0-SNAPSHOT";
  private static final Duration JOB_LIMIT = Duration.ofMinutes(10);
  private static final int FEWEST_ROWS = 20;

  private final ModelSpec spec;
  private final String topicPrefix;
  private final Map<String, Object> client;
  private final ModelRegistry registry;
  private final ChildProcess child;
  private final Clock clock;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Opens the worker's own producer.
   *
   * @param client Kafka client settings, bootstrap servers at least
   * @param childClassPath file with the class path of the training process
   * @param workDirectory where jobs get their directories
   */
  public TrainerWorker(
      ModelSpec spec,
      String topicPrefix,
      Map<String, Object> client,
      ModelRegistry registry,
      Path childClassPath,
      Path workDirectory,
      Clock clock) {
    this.spec = spec;
    this.topicPrefix = topicPrefix;
    this.client = Map.copyOf(client);
    this.registry = registry;
    this.child = new ChildProcess(childClassPath, workDirectory, JOB_LIMIT);
    this.clock = clock;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** The topic of the training requests. */
  public Collection<String> topics() {
    return List.of(Topics.TRAINING_REQUESTS.name(topicPrefix, spec.model()));
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TrainingRequest request;
      try {
        request = Json.read(record.value(), TrainingRequest.class);
      } catch (IllegalArgumentException unreadable) {
        log.warn("unreadable training request offset={}", record.offset(), unreadable);
        continue;
      }
      if (request.model().equals(spec.model())) {
        send(answer(request));
      }
    }
  }

  private Candidate answer(TrainingRequest request) throws InterruptedException {
    Optional<RegisteredVersion> known =
        registry.versions(spec.model()).stream()
            .filter(version -> request.requestId().equals(version.tags().get(REQUEST_ID)))
            .findFirst();
    if (known.isPresent()) {
      String runId = known.get().runId();
      ModelArtifact artifact = ModelArtifact.load(registry, runId);
      return candidate(request, known.get().version(), runId, artifact);
    }
    if (!request.specDigest().equals(spec.digest())) {
      return failed(request, "the request is for spec " + request.specDigest());
    }
    TrainingSet set;
    try {
      set = TrainingSet.read(request, spec, client);
    } catch (DatasetException e) {
      return failed(request, String.valueOf(e.getMessage()));
    }
    if (set.rows().size() < FEWEST_ROWS) {
      return failed(request, "only " + set.rows().size() + " training rows");
    }
    Instant started = clock.instant();
    JobOutcome outcome = child.run(job(request.seed()), rows(set.rows()));
    if (outcome instanceof JobOutcome.Trained trained) {
      return publish(request, set, trained, started);
    }
    return failed(request, ((JobOutcome.Failed) outcome).reason());
  }

  private JobSpec job(long seed) {
    Training t = spec.training();
    return new JobSpec(
        FeatureLayout.of(spec).columns(),
        t.hidden(),
        t.dropout(),
        t.batchNorm(),
        t.learningRate(),
        t.weightDecay(),
        t.batchSize(),
        t.epochs(),
        t.patience(),
        t.validationShare(),
        seed);
  }

  private static JobRows rows(List<Example> examples) {
    float[][] features = new float[examples.size()][];
    float[] labels = new float[features.length];
    for (int i = 0; i < labels.length; i++) {
      features[i] = examples.get(i).row().features().toArray();
      labels[i] = (float) examples.get(i).label();
    }
    return new JobRows(features, labels);
  }

  private Candidate publish(
      TrainingRequest request, TrainingSet set, JobOutcome.Trained trained, Instant started) {
    Instant now = clock.instant();
    ModelManifest manifest = manifest(request, set, trained, now);
    ModelArtifact artifact = ModelArtifact.of(trained.onnx(), manifest.toJson());
    Map<String, String> tags = Map.of(REQUEST_ID, request.requestId());
    String runId =
        registry.startRun(spec.model(), request.requestId(), tags, started.toEpochMilli());
    registry.logBatch(runId, manifest.metrics(), params(request), now.toEpochMilli());
    artifact.save(registry, runId);
    registry.finishRun(runId, true, now.toEpochMilli());
    int version = registry.registerVersion(spec.model(), runId, tags);
    return candidate(request, version, runId, artifact);
  }

  private ModelManifest manifest(
      TrainingRequest request, TrainingSet set, JobOutcome.Trained trained, Instant now) {
    var result = trained.result();
    EnergyReading energy = EnergyMeter.estimateFromCpuSeconds(result.cpuSeconds());
    Map<String, Double> metrics = new TreeMap<>(result.metrics());
    metrics.put("joules", energy.joules());
    metrics.put("cpuSeconds", result.cpuSeconds());
    metrics.put("trainingRows", (double) set.rows().size());
    return new ModelManifest(
        spec.model(),
        request.requestId(),
        request.specDigest(),
        ModelArtifact.sha256(trained.onnx()),
        spec.featureNames(),
        spec.decisionThreshold().resolve(result.baseRate()),
        result.baseRate(),
        set.rows().size(),
        set.heldOut(),
        set.digest(),
        request.seed(),
        result.weightsDigest(),
        CODE_VERSION,
        result.kernel(),
        energy.joules(),
        energy.method(),
        energy.scope(),
        metrics,
        null,
        now);
  }

  private Map<String, String> params(TrainingRequest request) {
    Training t = spec.training();
    return Map.of(
        "hidden", t.hidden().toString(),
        "dropout", Double.toString(t.dropout()),
        "learningRate", Double.toString(t.learningRate()),
        "weightDecay", Double.toString(t.weightDecay()),
        "batchSize", Integer.toString(t.batchSize()),
        "epochs", Integer.toString(t.epochs()),
        "seed", Long.toString(request.seed()),
        "specDigest", request.specDigest());
  }

  private static Candidate candidate(
      TrainingRequest request, int version, String runId, ModelArtifact artifact) {
    ModelManifest manifest = artifact.manifest();
    return new Candidate(
        request,
        Candidate.Status.TRAINED,
        version,
        runId,
        manifest.onnxDigest(),
        ModelArtifact.sha256(artifact.manifestBytes()),
        manifest.metrics(),
        manifest.energyMethod().name().toLowerCase(Locale.ROOT),
        null,
        manifest.createdAt());
  }

  private Candidate failed(TrainingRequest request, String reason) {
    log.warn("training failed request={} reason={}", request.requestId(), reason);
    return new Candidate(
        request,
        Candidate.Status.FAILED,
        0,
        "",
        "",
        "",
        Map.of(),
        "estimated",
        reason,
        clock.instant());
  }

  private void send(Candidate candidate) throws InterruptedException {
    String topic = Topics.CANDIDATES.name(topicPrefix, spec.model());
    byte[] key = spec.model().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, key, Json.write(candidate))).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the candidate could not be published", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
