package dev.weir.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.registry.RequestRun;
import dev.weir.registry.RegistryServer;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker dies, at each point where it can, and another takes its request up. */
class TakeoverTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path directory;
  private TrainingFixture fixture;
  private RegistryServer server;
  private ModelRegistry registry;
  private Path jobs;

  @BeforeEach
  void start() throws Exception {
    fixture = new TrainingFixture();
    server =
        RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, TrainingFixture.CLOCK);
    registry = ModelRegistry.connect(server.uri());
    jobs = directory.resolve("jobs");
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void killedWhileItsChildTrains() throws Exception {
    fixture.publish(fixture.request("r1", 0, TrainingFixture.ROWS));
    Process first = fork();
    TrainingFixture.awaitTraining(jobs, "r1");
    List<ProcessHandle> children = first.descendants().toList();
    first.destroyForcibly().waitFor();
    assertThat(children).isNotEmpty();
    await("the orphan ends", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(jobs.resolve("r1").resolve("job.json")).exists();
    assertThat(jobs.resolve("r1").resolve("result.json")).doesNotExist();
    assertThat(fixture.candidates()).isEmpty();
    Files.createDirectories(jobs.resolve("r0"));
    Files.writeString(jobs.resolve("r0").resolve("rows.bin"), "of another dead job");

    Map<String, Object> client = WorkerMain.client(TestBroker.bootstrapServers());
    try (TrainerWorker second = fixture.worker(registry, jobs, child -> {})) {
      assertThat(jobs.resolve("r0")).doesNotExist();
      assertThat(jobs.resolve("r1")).doesNotExist();
      try (RecordLoop loop = WorkerMain.loop(fixture.prefix, client, second)) {
        loop.start();
        TopicPartition requests = new TopicPartition(fixture.requests, 0);
        await(
            "the request is committed",
            () -> Long.valueOf(1).equals(loop.committed().get(requests)));
        assertThat(loop.failure()).isEmpty();
      }
      Candidate taken = only(fixture.candidates());
      assertThat(taken.status()).isEqualTo(Candidate.Status.TRAINED);
      assertThat(registry.versions(fixture.spec.model())).hasSize(1);
      assertThat(jobs.resolve("r1")).doesNotExist();

      second.handle(TrainingFixture.records(fixture.request("calm", 0, TrainingFixture.ROWS)));
      assertThat(taken.onnxDigest()).isEqualTo(fixture.candidates().get(1).onnxDigest());
    }
  }

  @Test
  void killedAfterItsRunStarted() throws Exception {
    String open = startRun();

    Candidate taken = handle();

    assertThat(taken.status()).isEqualTo(Candidate.Status.TRAINED);
    assertThat(registry.versions(fixture.spec.model())).hasSize(1);
    assertThat(registry.runs(fixture.spec.model(), "r1"))
        .containsExactlyInAnyOrder(
            new RequestRun(open, "FAILED"), new RequestRun(taken.runId(), "FINISHED"));
  }

  @Test
  void killedBetweenItsFilesAndItsVersion() throws Exception {
    Candidate before = handle();
    String model = fixture.spec.model();
    try (RegistryServer unregistered =
            RegistryServer.start(
                directory.resolve("other"), "127.0.0.1", 0, TrainingFixture.CLOCK);
        ModelRegistry other = ModelRegistry.connect(unregistered.uri())) {
      String runId = other.startRun(model, "r1", Map.of("weir.requestId", "r1"), 1);
      for (String file :
          List.of("model/model.onnx", "model/manifest.json", "model/reference.json")) {
        other.upload(runId, file, registry.download(before.runId(), file));
      }
      other.finishRun(runId, true, 2);
      try (TrainerWorker worker =
          fixture.worker(
              other,
              jobs,
              child -> {
                throw new AssertionError("nothing is left to train");
              })) {
        worker.handle(TrainingFixture.records(fixture.request("r1", 0, TrainingFixture.ROWS)));
      }
      Candidate taken = fixture.candidates().get(1);
      assertThat(taken.runId()).isEqualTo(runId);
      assertThat(taken.manifestDigest()).isEqualTo(before.manifestDigest());
      assertThat(other.versions(model)).hasSize(1);
    }
  }

  @Test
  void killedBetweenItsVersionAndItsCandidate() throws Exception {
    Candidate first = handle();
    Candidate again = handle();
    assertThat(again).isEqualTo(first);
    assertThat(registry.versions(fixture.spec.model())).hasSize(1);
  }

  @Test
  void aRegistryThatIsAwayForAWhileStopsNothing() throws Exception {
    int port = server.uri().getPort();
    server.close();
    Map<String, Object> client = WorkerMain.client(TestBroker.bootstrapServers());
    try (TrainerWorker worker = fixture.worker(registry, jobs, child -> {});
        RecordLoop loop = WorkerMain.loop(fixture.prefix, client, worker)) {
      loop.start();
      fixture.publish(fixture.request("r1", 0, TrainingFixture.ROWS));
      await("it tries again", () -> loop.retries() > 1);
      server =
          RegistryServer.start(
              directory.resolve("registry"), "127.0.0.1", port, TrainingFixture.CLOCK);
      await("the candidate is there", () -> !fixture.candidates().isEmpty());
      assertThat(loop.failure()).isEmpty();
    }
    assertThat(only(fixture.candidates()).status()).isEqualTo(Candidate.Status.TRAINED);
    assertThat(registry.versions(fixture.spec.model())).hasSize(1);
  }

  @Test
  void aLivingWorkersDirectoriesAreNotTaken() {
    try (TrainerWorker living = fixture.worker(registry, jobs, child -> {})) {
      assertThatThrownBy(() -> fixture.worker(registry, jobs, child -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another worker");
      assertThat(living.topics()).isNotEmpty();
    }
  }

  @Test
  void anIdThatIsNoFileNameFails() throws Exception {
    try (TrainerWorker worker = fixture.worker(registry, jobs, child -> {})) {
      worker.handle(TrainingFixture.records(fixture.request("../r1", 0, TrainingFixture.ROWS)));
    }
    assertThat(only(fixture.candidates()).failure()).startsWith("REQUEST_ID");
  }

  private Candidate handle() throws Exception {
    try (TrainerWorker worker = fixture.worker(registry, jobs, child -> {})) {
      worker.handle(TrainingFixture.records(fixture.request("r1", 0, TrainingFixture.ROWS)));
    }
    List<Candidate> all = fixture.candidates();
    return all.get(all.size() - 1);
  }

  private String startRun() {
    return registry.startRun(fixture.spec.model(), "r1", Map.of("weir.requestId", "r1"), 1);
  }

  private Process fork() throws IOException {
    Path arguments = directory.resolve("worker.args");
    Files.writeString(
        arguments,
        String.join(
            "\n",
            Stream.of(
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WorkerMain.class.getName(),
                    fixture.prefix,
                    TestBroker.bootstrapServers(),
                    server.uri().toString(),
                    jobs.toString())
                .map(argument -> '"' + argument.replace("\\", "\\\\") + '"')
                .toList()));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, "@" + arguments)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("worker.log").toFile())
        .start();
  }

  private static Candidate only(List<Candidate> candidates) {
    assertThat(candidates).hasSize(1);
    return candidates.get(0);
  }

  private static void await(String what, BooleanSupplier holds) {
    Await.until(LIMIT, holds, () -> what);
  }
}
