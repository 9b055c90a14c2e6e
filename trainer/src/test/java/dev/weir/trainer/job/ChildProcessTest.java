package dev.weir.trainer.job;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.weir.contracts.feature.FeatureLayout.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final JobSpec SPEC =
      new JobSpec(
          List.of(new Column("x", 0), new Column("c", 4)),
          List.of(16),
          0.1,
          true,
          0.01,
          1e-4,
          64,
          10,
          3,
          0.2,
          17);

  @TempDir Path work;

  @Test
  void separableRowsAreLearnedTheSameWayTwice() throws Exception {
    JobOutcome first = child().run(SPEC, rows());
    JobOutcome second = child().run(SPEC, rows());
    assertThat(first).isInstanceOf(JobOutcome.Trained.class);
    JobOutcome.Trained trained = (JobOutcome.Trained) first;
    assertThat(auc(trained.onnx())).isGreaterThan(0.9);
    assertThat(((JobOutcome.Trained) second).result().weightsDigest())
        .isEqualTo(trained.result().weightsDigest());
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void killedChildIsAFailureWithItsReason() throws Exception {
    JobOutcome outcome = child().run(SPEC, rows(), Process::destroyForcibly);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            JobOutcome.Failed.class, failed -> assertThat(failed.reason()).contains("137"));
  }

  private ChildProcess child() {
    return new ChildProcess(Path.of("target/child.classpath"), work, Duration.ofMinutes(3));
  }

  private static JobRows rows() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] features = new float[800][];
    float[] labels = new float[features.length];
    for (int i = 0; i < features.length; i++) {
      double x = random.nextDouble() * 10;
      int code = random.nextInt(5);
      features[i] = new float[] {random.nextInt(20) == 0 ? Float.NaN : (float) x, code};
      labels[i] = x + code > 7 ? 1 : 0;
    }
    return new JobRows(features, labels);
  }

  private static double auc(byte[] onnx) throws Exception {
    JobRows rows = rows();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input = OnnxTensor.createTensor(environment, rows.features());
        OrtSession.Result output = session.run(Map.of("features", input))) {
      float[][] p = (float[][]) output.get(0).getValue();
      double wins = 0;
      long pairs = 0;
      for (int i = 0; i < p.length; i++) {
        for (int j = 0; j < p.length; j++) {
          if (rows.labels()[i] > rows.labels()[j]) {
            pairs++;
            wins += p[i][1] > p[j][1] ? 1 : p[i][1] == p[j][1] ? 0.5 : 0;
          }
        }
      }
      return wins / pairs;
    }
  }
}
