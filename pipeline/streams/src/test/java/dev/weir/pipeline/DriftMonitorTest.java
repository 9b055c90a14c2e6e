package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADWIN on the champion's residual, in the topology. */
class DriftMonitorTest {
  @TempDir Path directory;
  private PipelineDriver pipeline;
  private int outcomes;
  private int tick;

  @BeforeEach
  void start() {
    pipeline = new PipelineDriver(directory);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aShiftedResidualOfTheChampionIsAnAlarm() {
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    assertThat(pipeline.read(Topics.SIGNALS)).isEmpty();
    outcomes(200, 1, ServingRole.CHAMPION, 0.9);
    List<Signal> signals = pipeline.read(Topics.SIGNALS, Signal.class);
    assertThat(signals).isNotEmpty();
    Signal first = signals.get(0);
    assertThat(first.isAlarm()).isTrue();
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.facts().get("meanAfter")).isGreaterThan(first.facts().get("meanBefore"));
  }

  @Test
  void theSameShiftOfAShadowOrOfAnotherVersionIsNone() {
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.SHADOW, 0.5);
    outcomes(200, 1, ServingRole.SHADOW, 0.9);
    outcomes(200, 2, ServingRole.CHAMPION, 0.5);
    outcomes(200, 2, ServingRole.CHAMPION, 0.9);
    assertThat(pipeline.read(Topics.SIGNALS)).isEmpty();
  }

  @Test
  void aNewChampionBeginsAnew() {
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    pipeline.deploy("small", Deployment.Change.PROMOTED, 2, "r");
    outcomes(200, 2, ServingRole.CHAMPION, 0.9);
    pipeline.deploy("small", Deployment.Change.ROLLED_BACK, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    assertThat(pipeline.read(Topics.SIGNALS)).isEmpty();
  }

  @Test
  void aDeploymentOfTheSameChampionOrOfAnotherModelKeepsTheWindow() {
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    pipeline.deploy("small", Deployment.Change.SHADOWED, 1, "r");
    pipeline.deploy("other", Deployment.Change.PROMOTED, 2, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.9);
    assertThat(pipeline.read(Topics.SIGNALS)).isNotEmpty();
  }

  private void outcomes(int count, int version, ServingRole role, double probability) {
    for (int i = 0; i < count; i++) {
      String id = "o" + outcomes++;
      pipeline.predict(id, version, role, probability);
      pipeline.feature(id, 0);
      pipeline.label(id, 10, i % 2);
    }
    pipeline.tick(++tick);
  }
}
