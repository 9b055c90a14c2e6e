package dev.weir.trainer.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.table.NumericTable;
import dev.weir.registry.RegistryServer;
import dev.weir.testkit.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerWorkerTest {

  @TempDir Path directory;

  @Test
  void requestIsAnsweredByOneVersionHoweverOftenItComes() throws Exception {
    TrainingFixture fixture = new TrainingFixture();
    try (RegistryServer server = registry();
        ModelRegistry registry = ModelRegistry.connect(server.uri());
        TrainerWorker worker = fixture.worker(registry, jobs(), child -> {})) {
      worker.handle(TrainingFixture.records(fixture.request("r1", 0, TrainingFixture.ROWS)));
      worker.handle(TrainingFixture.records(fixture.request("r1", 0, TrainingFixture.ROWS)));
      worker.handle(TrainingFixture.records(fixture.request("r2", 0, 5)));
      List<Candidate> sent = fixture.candidates();
      assertThat(sent).hasSize(3);
      assertThat(sent.get(0).failure()).isNull();
      assertThat(sent.get(1)).isEqualTo(sent.get(0));
      assertThat(sent.get(0).metrics()).containsKeys("joules", "trainingRows");
      assertThat(sent.get(2).status()).isEqualTo(Candidate.Status.FAILED);
      assertThat(registry.versions(fixture.spec.model())).hasSize(1);
      var manifest = ModelArtifact.load(registry, sent.get(0).runId()).manifest();
      assertThat(manifest.trainingRows() + manifest.evaluationRows())
          .isEqualTo(TrainingFixture.ROWS);
      assertThat(manifest.evaluationRows()).isPositive();
      var reference = TestBroker.readAll(fixture.references).get(0);
      assertThat(new String(reference.key(), UTF_8)).isEqualTo(fixture.spec.model() + "/1");
      assertThat(Sha256.hex(reference.value())).isEqualTo(manifest.referenceDigest());
      byte[] background =
          ModelArtifact.load(registry, sent.get(0).runId())
              .loadBackground(registry, sent.get(0).runId())
              .orElseThrow();
      assertThat(NumericTable.parse("background", background).names()).containsExactly("x");
      ReferenceProfile profile = Json.read(reference.value(), ReferenceProfile.class);
      assertThat(profile.rows()).isEqualTo(manifest.trainingRows());
      assertThat(profile.features()).extracting(Distribution::name).containsExactly("x");
      assertThat(profile.loss().counts().stream().mapToLong(c -> c).sum())
          .isEqualTo(manifest.trainingRows());
    }
  }

  @Test
  void aChildKilledOnceGivesTheBytesOfAnUndisturbedRun() throws Exception {
    TrainingFixture fixture = new TrainingFixture();
    List<ProcessHandle> children = new ArrayList<>();
    Consumer<ProcessHandle> killsTheFirst =
        child -> {
          children.add(child);
          if (children.size() == 1) {
            TrainingFixture.awaitTraining(jobs(), "killed");
            assertThat(child.destroyForcibly()).isTrue();
          }
        };
    try (RegistryServer server = registry();
        ModelRegistry registry = ModelRegistry.connect(server.uri());
        TrainerWorker disturbed = fixture.worker(registry, jobs(), killsTheFirst);
        TrainerWorker undisturbed =
            fixture.worker(registry, directory.resolve("other jobs"), child -> {})) {
      disturbed.handle(TrainingFixture.records(fixture.request("killed", 0, TrainingFixture.ROWS)));
      undisturbed.handle(TrainingFixture.records(fixture.request("calm", 0, TrainingFixture.ROWS)));
      Candidate killed = fixture.candidates().get(0);
      Candidate calm = fixture.candidates().get(1);
      assertThat(children).hasSize(2);
      assertThat(killed.status()).isEqualTo(Candidate.Status.TRAINED);
      assertThat(killed.metrics()).containsEntry("attempts", 2.0);
      assertThat(killed.onnxDigest()).isEqualTo(calm.onnxDigest());
      assertThat(calm.metrics()).containsEntry("attempts", 1.0);
      assertThat(energyScope(registry, killed)).contains("the killed child before it not counted");
      assertThat(energyScope(registry, calm)).contains("CPU time").doesNotContain("killed");
    }
  }

  private static String energyScope(ModelRegistry registry, Candidate candidate) {
    return ModelArtifact.load(registry, candidate.runId()).manifest().energyScope();
  }

  private RegistryServer registry() throws IOException, InterruptedException {
    return RegistryServer.start(directory, "127.0.0.1", 0, TrainingFixture.CLOCK);
  }

  private Path jobs() {
    return directory.resolve("jobs");
  }
}
