package dev.weir.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each method on sabotaged labels, through a real worker, child and registry. */
class MitigatedTrainingTest {
  private static final Mitigation ALL =
      new Mitigation(List.of(Method.values()), "region", true, true);

  @TempDir Path directory;
  private RegistryServer server;
  private ModelRegistry registry;
  private BiasedFixture fixture;

  @BeforeEach
  void start() throws Exception {
    server =
        RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, TrainingFixture.CLOCK);
    registry = ModelRegistry.connect(server.uri());
    fixture = new BiasedFixture(registry);
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
    server.close();
  }

  @Test
  void everyMethodNarrowsTheGapOnRowsItNeverSaw() throws Exception {
    try (TrainerWorker worker = fixture.worker(ALL, directory.resolve("jobs"))) {
      Candidate plain = fixture.train(worker, fixture.request());
      BiasedFixture.Effect before = fixture.effect(plain);
      assertThat(before.gap()).isGreaterThan(0.3);
      for (Method method : Method.values()) {
        Candidate candidate = fixture.train(worker, fixture.request(method));
        assertThat(candidate.failure()).isNull();
        BiasedFixture.Effect after = fixture.effect(candidate);
        assertThat(Math.abs(after.gap())).as(method + " " + after).isLessThan(0.6 * before.gap());
        assertThat(after.accuracy()).as(method.id()).isCloseTo(before.accuracy(), within(0.15));
        ModelManifest manifest = ModelArtifact.load(registry, candidate.runId()).manifest();
        assertThat(manifest.mitigation().order().method()).isEqualTo(method);
        assertThat(manifest.requestId()).isEqualTo("r-" + method.id());
        if (method == Method.GROUP_THRESHOLDS) {
          assertThat(manifest.mitigation().thresholds()).containsOnlyKeys("a", "b");
          assertThat(candidate.onnxDigest()).isEqualTo(plain.onnxDigest());
        } else {
          assertThat(manifest.mitigation().thresholds()).isEmpty();
        }
      }
    }
  }

  @Test
  void whatThePolicyDoesNotAllowIsAFailedCandidate() throws Exception {
    Mitigation thresholdsOnly =
        new Mitigation(List.of(Method.GROUP_THRESHOLDS), "region", true, false);
    try (TrainerWorker worker = fixture.worker(thresholdsOnly, directory.resolve("jobs"))) {
      Candidate refused = fixture.train(worker, fixture.request(Method.REWEIGHING));
      assertThat(refused.status()).isEqualTo(Candidate.Status.FAILED);
      assertThat(refused.failure()).contains("the policy does not allow reweighing by region");
    }
    try (TrainerWorker worker = fixture.worker(null, directory.resolve("jobs"))) {
      Candidate refused = fixture.train(worker, fixture.request(Method.GROUP_THRESHOLDS));
      assertThat(refused.failure()).contains("the policy does not allow groupThresholds");
    }
  }
}
