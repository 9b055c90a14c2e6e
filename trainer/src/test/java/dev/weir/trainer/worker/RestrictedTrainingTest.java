package dev.weir.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group values that rows do not carry, and what of them a training comes by. */
class RestrictedTrainingTest {
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
    fixture = BiasedFixture.apart(registry);
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
    server.close();
  }

  /** The same weights from the same rows: what it read is what rows would have carried. */
  @Test
  void anAllowedMitigationTrainsAsIfRowsCarriedTheirGroups() throws Exception {
    BiasedFixture carried = new BiasedFixture(registry);
    try (TrainerWorker worker = carried.worker(ALL, directory.resolve("carried"));
        TrainerWorker apart = fixture.worker(ALL, directory.resolve("apart"))) {
      Candidate expected = carried.train(worker, named(carried.request(Method.REWEIGHING), "c"));
      Candidate candidate = fixture.train(apart, fixture.request(Method.REWEIGHING));
      assertThat(candidate.failure()).isNull();
      assertThat(candidate.onnxDigest()).isEqualTo(expected.onnxDigest());
      ModelArtifact artifact = ModelArtifact.load(registry, candidate.runId());
      assertThat(artifact.manifest().mitigation().order().groupValues())
          .isEqualTo(fixture.regions());
      assertThat(artifact.manifest().trainingRowsDigest())
          .isEqualTo(
              ModelArtifact.load(registry, expected.runId()).manifest().trainingRowsDigest());
    }
  }

  @Test
  void whatThePolicyDoesNotAllowReadsNothing() throws Exception {
    Mitigation notInTraining = new Mitigation(List.of(Method.REWEIGHING), "region", false, false);
    assertThat(failure(notInTraining, fixture.request(Method.REWEIGHING)))
        .contains("the policy does not allow reweighing by region");
    assertThat(failure(null, fixture.request(Method.REWEIGHING)))
        .contains("the policy does not allow reweighing by region");
  }

  @Test
  void thresholdsByAGroupThatNobodySeesAtTheDecisionAreRefused() throws Exception {
    assertThat(failure(ALL, fixture.request(Method.GROUP_THRESHOLDS)))
        .contains("groupThresholds decides by the row's group, and rows have none");
  }

  @Test
  void anOrderNamesOffsetsOfGroupValuesAndOfNothingElse() throws Exception {
    String other = fixture.name(Topics.EXAMPLES);
    assertThat(failure(ALL, ordered(List.of(new OffsetRange(other, 0, 0, 10)))))
        .contains("the order must name offsets of " + fixture.name(Topics.GROUP_VALUES));
    assertThat(failure(ALL, ordered(null))).contains("was null");
    assertThat(failure(ALL, ordered(List.of()))).contains("no training row has a value");
  }

  @Test
  void trainingRowsCannotComeFromGroupValues() throws Exception {
    TrainingRequest plain = fixture.request();
    TrainingRequest crafted =
        new TrainingRequest(
            plain.requestId(),
            plain.model(),
            plain.specDigest(),
            plain.trigger(),
            plain.reason(),
            fixture.regions(),
            plain.evaluation(),
            plain.requestedAt(),
            plain.seed());
    assertThat(failure(ALL, crafted))
        .contains("training rows cannot come from " + fixture.name(Topics.GROUP_VALUES));
  }

  private TrainingRequest ordered(@Nullable List<OffsetRange> groupValues) {
    return fixture
        .request()
        .with(
            new MitigationOrder(
                Method.REWEIGHING, "region", Metric.SELECTION_RATE, "r", 1, "run", groupValues),
            "gap",
            TrainingFixture.NOW);
  }

  private static TrainingRequest named(TrainingRequest request, String id) {
    return new TrainingRequest(
        id,
        request.model(),
        request.specDigest(),
        request.trigger(),
        request.reason(),
        request.training(),
        request.evaluation(),
        request.requestedAt(),
        request.seed(),
        request.mitigation(),
        request.evidence());
  }

  private String failure(@Nullable Mitigation policy, TrainingRequest request) throws Exception {
    try (TrainerWorker worker = fixture.worker(policy, directory.resolve("jobs"))) {
      Candidate refused = fixture.train(worker, request);
      assertThat(refused.status()).isEqualTo(Candidate.Status.FAILED);
      return refused.failure();
    }
  }
}
