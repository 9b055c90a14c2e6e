package dev.weir.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.spec.Training;
import dev.weir.model.network.DenseNetwork;
import dev.weir.model.network.OnnxNetwork;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.trainer.job.ChildProcess;
import dev.weir.trainer.job.JobOutcome;
import dev.weir.trainer.job.JobSpec;
import dev.weir.trainer.job.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJobTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureLayout.Column("x", 0),
              new FeatureLayout.Column("y", 0),
              new FeatureLayout.Column("kind", 3)));
  private static final Training RECIPE =
      new Training(List.of(8), 0.1, true, 0.01, 0.01, 32, 30, 5, 0.2, 0.4, 1);

  @TempDir Path directory;

  @Test
  void learnsASeparableSetWithMissingNumbersAndUnseenCategories() throws Exception {
    Rows rows = rows(600);
    JobOutcome.Trained trained = (JobOutcome.Trained) run(rows, Duration.ofMinutes(2), p -> {});
    double[] labels = new double[rows.labels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels()[i];
    }
    try (OnnxScorer scorer = OnnxScorer.open(trained.onnx())) {
      assertThat(AucEstimate.of(scorer.positive(rows.features()), labels).orElseThrow().value())
          .isGreaterThan(0.9);
      DenseNetwork network =
          OnnxNetwork.read(trained.onnx(), "probability").network().orElseThrow();
      double[] scores = scorer.positive(rows.features());
      for (int i = 0; i < scores.length; i++) {
        float[] row = rows.features()[i];
        double[] wide = {row[0], row[1], row[2]};
        assertThat(network.score(wide)[1]).isCloseTo(scores[i], within(1e-6));
      }
    }
    assertThat(trained.result().metrics().get("onnxParityGap")).isLessThanOrEqualTo(1e-5);
    assertThat(trained.result().cpuSeconds()).isPositive();
    assertThat(trained.energy().joules()).isPositive();
    assertThat(trained.energy().scope()).contains("CPU time");
  }

  @Test
  void twoFreshChildrenGiveTheSameBytes() throws Exception {
    Rows rows = rows(300);
    JobOutcome.Trained first = (JobOutcome.Trained) run(rows, Duration.ofMinutes(2), p -> {});
    JobOutcome.Trained second = (JobOutcome.Trained) run(rows, Duration.ofMinutes(2), p -> {});
    assertThat(second.result().weightsDigest()).isEqualTo(first.result().weightsDigest());
    assertThat(second.onnx()).isEqualTo(first.onnx());
  }

  @Test
  void aChildKilledTwiceIsAFailedJobThatLeavesNothing() throws Exception {
    List<ProcessHandle> children = new ArrayList<>();
    JobOutcome outcome =
        run(
            rows(300),
            Duration.ofMinutes(2),
            child -> {
              children.add(child);
              child.destroyForcibly();
            });
    assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(((JobOutcome.Failed) outcome).reason()).startsWith("KILLED twice: exit code 137");
    assertThat(directory.resolve("job")).doesNotExist();
  }

  @Test
  void aJobThatTakesTooLongIsStopped() throws Exception {
    JobOutcome outcome = run(rows(300), Duration.ofMillis(1), p -> {});
    assertThat(((JobOutcome.Failed) outcome).reason()).startsWith("TIMEOUT");
  }

  @Test
  void oneClassIsAFailureThatSaysSo() throws Exception {
    Rows rows = rows(300);
    java.util.Arrays.fill(rows.labels(), 0);
    JobOutcome outcome = run(rows, Duration.ofMinutes(2), p -> {});
    assertThat(((JobOutcome.Failed) outcome).reason()).contains("one class");
  }

  private JobOutcome run(Rows rows, Duration limit, Consumer<ProcessHandle> started)
      throws IOException, InterruptedException {
    Path classPath = Path.of("target", "child.classpath").toAbsolutePath();
    assertThat(Files.exists(classPath)).isTrue();
    return new ChildProcess(classPath, limit, started)
        .run(directory.resolve("job"), new JobSpec(LAYOUT, RECIPE, 7), rows);
  }

  private static Rows rows(int n) {
    SplittableRandom random = new SplittableRandom(3);
    float[][] features = new float[n][3];
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      double x = random.nextDouble() * 2 - 1;
      int kind = random.nextInt(4);
      features[i][0] = i % 50 == 0 ? Float.NaN : (float) x;
      features[i][1] = (float) random.nextDouble() * 100;
      features[i][2] = kind;
      labels[i] = x + (kind == 2 ? 1 : 0) > 0.2 ? 1 : 0;
    }
    return new Rows(features, labels);
  }
}
