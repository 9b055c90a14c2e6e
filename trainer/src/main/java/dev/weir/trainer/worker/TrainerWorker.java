package dev.weir.trainer.worker;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.RecordWriter;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.trainer.dataset.BackgroundRows;
import dev.weir.trainer.dataset.TrainingSet;
import dev.weir.trainer.job.ChildProcess;
import dev.weir.trainer.job.JobDirectories;
import dev.weir.trainer.job.JobOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes training requests, has a child JVM train each, registers the version and says so on {@code
 * candidates}, after its profile is on {@code references}. A failed job is a candidate too, with
 * its reason.
 *
 * <p>At least once: a request whose worker died is taken up again; one whose version is registered
 * already, or whose files are stored, is answered from the registry.
 */
public final class TrainerWorker implements RecordLoop.Handler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrainerWorker.class);

  private final ModelSpec spec;
  private final @Nullable Mitigation mitigation;
  private final Map<String, Recipe> recipes = new HashMap<>();
  private final String prefix;
  private final Registrations registrations;
  private final JobDirectories directories;
  private final Clock clock;
  private final RangeReader reader;
  private final ChildProcess child;
  private final RecordWriter writer;

  /** One of the model's specs, and what is done by it against gaps between groups. */
  private record Recipe(ModelSpec spec, Mitigator mitigator, RestrictedGroups groups) {}

  /**
   * Creates a worker.
   *
   * @param spec the model that is trained, by this spec and those of {@link #alsoBy}
   * @param mitigation what the policy allows against gaps between groups; null for nothing
   * @param prefix first part of the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param registry where versions are registered
   * @param child runs the jobs
   * @param workDirectory where jobs have their directories; this worker's alone
   * @param clock gives the time of a candidate
   */
  public TrainerWorker(
      ModelSpec spec,
      @Nullable Mitigation mitigation,
      String prefix,
      Map<String, Object> client,
      ModelRegistry registry,
      ChildProcess child,
      Path workDirectory,
      Clock clock) {
    this.spec = spec;
    this.mitigation = mitigation;
    this.prefix = prefix;
    alsoBy(spec, new TopicNames(prefix, spec.model()));
    this.registrations = new Registrations(spec.model(), registry, clock);
    this.clock = clock;
    this.reader = new RangeReader(client);
    this.child = child;
    this.directories = JobDirectories.open(workDirectory);
    this.writer = new RecordWriter(client);
  }

  /**
   * Takes requests by another spec of the model, too; to be called before the loop starts.
   *
   * @param names the names of the topics of that spec
   */
  public void alsoBy(ModelSpec other, TopicNames names) {
    recipes.put(
        other.digest(),
        new Recipe(other, new Mitigator(other, mitigation), new RestrictedGroups(other, names)));
  }

  /** Returns the topics that a loop must hand to this. */
  public Collection<String> topics() {
    return List.of(Topics.TRAINING_REQUESTS.name(prefix, spec.model()));
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TrainingRequest request = Json.read(record.value(), TrainingRequest.class);
      if (request.model().equals(spec.model())) {
        Candidate candidate = candidate(request);
        publishReference(candidate);
        publish(Topics.CANDIDATES, spec.model(), candidate, Json.write(candidate));
      }
    }
  }

  /** Returns true: what was registered or published is found again by its request. */
  @Override
  public boolean isRepeatable() {
    return true;
  }

  private Candidate candidate(TrainingRequest request) throws InterruptedException {
    try {
      Optional<Registered> earlier = registrations.find(request.requestId());
      return earlier.isPresent() ? trained(request, earlier.get()) : train(request);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return failed(request, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("the work directory cannot be used", e);
    }
  }

  private Candidate train(TrainingRequest request) throws IOException, InterruptedException {
    Recipe recipe = recipes.get(request.specDigest());
    if (recipe == null) {
      return failed(request, "SPEC: the request is for spec " + request.specDigest());
    }
    ModelSpec by = recipe.spec();
    Mitigator mitigator = recipe.mitigator();
    mitigator.requireAllowed(request);
    recipe.groups().require(request);
    TrainingSet set =
        recipe.groups().joined(request, TrainingSet.read(request, by, reader), reader);
    Path directory = directories.of(request.requestId());
    JobOutcome outcome =
        child.run(directory, mitigator.job(request, set), mitigator.rows(request, set));
    if (outcome instanceof JobOutcome.Failed failure) {
      return failed(request, failure.reason());
    }
    JobOutcome.Trained success = (JobOutcome.Trained) outcome;
    byte[] background = BackgroundRows.csv(by.featureNames(), set.features(), request.seed());
    ModelManifest plain = TrainedManifest.of(by, request, set, success, background);
    ModelManifest manifest = mitigator.manifest(plain, request, set, success.onnx());
    ModelArtifact artifact = ModelArtifact.of(success.onnx(), manifest.toJson());
    Map<String, byte[]> beside =
        Map.of(
            ModelArtifact.REFERENCE_PATH,
            success.reference(),
            ModelArtifact.BACKGROUND_PATH,
            background);
    Registered version =
        registrations.register(request, artifact, beside, parameters(request, set));
    log.info("trained requestId={} version={}", request.requestId(), version.version());
    return trained(request, version);
  }

  private static Map<String, String> parameters(TrainingRequest request, TrainingSet set) {
    MitigationOrder order = request.mitigation();
    return Map.of(
        "seed", Long.toString(request.seed()),
        "trigger", request.trigger(),
        "mitigation", order == null ? "none" : order.method().id() + " by " + order.groups(),
        "training", request.training().toString(),
        "evaluation", request.evaluation().toString(),
        "trainingRowsDigest", set.digest());
  }

  private Candidate trained(TrainingRequest request, Registered registered) {
    ModelManifest manifest = registered.artifact().manifest();
    return new Candidate(
        request,
        Candidate.Status.TRAINED,
        registered.version(),
        registered.runId(),
        manifest.onnxDigest(),
        Sha256.hex(registered.artifact().manifestBytes()),
        manifest.metrics(),
        manifest.energyMethod().name().toLowerCase(Locale.ROOT),
        null,
        clock.instant());
  }

  private Candidate failed(TrainingRequest request, String reason) {
    log.warn("training failed requestId={} reason={}", request.requestId(), reason);
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

  private void publishReference(Candidate candidate) throws InterruptedException {
    if (candidate.status() == Candidate.Status.TRAINED) {
      Optional<byte[]> reference = registrations.reference(candidate.runId());
      if (reference.isPresent()) {
        String key = spec.model() + "/" + candidate.version();
        publish(Topics.REFERENCES, key, candidate, reference.get());
      }
    }
  }

  private void publish(Topics topic, String key, Candidate candidate, byte[] value)
      throws InterruptedException {
    writer.write(topic.name(prefix, spec.model()), key, candidate.finishedAt(), value);
  }

  @Override
  public void close() {
    writer.close();
    directories.close();
  }
}
