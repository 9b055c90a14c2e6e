package dev.weir.app.bench;

import dev.weir.pipeline.PipelineInstance;
import dev.weir.pipeline.PipelineRole;
import dev.weir.pipeline.watermark.WatermarkRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The pipeline as {@code weir up} runs it: free, with ingest, joins, monitors and trigger. */
final class OurSide implements Side {
  private final PipelineRole role;

  OurSide(BenchModel model, Map<String, Object> client, Path state, int partitions, Clock clock) {
    PipelineInstance instance = new PipelineInstance(client, state, partitions, "1");
    this.role =
        PipelineRole.free(model.spec(), model.names(), instance, clock, WatermarkRules.DEFAULT);
  }

  @Override
  public void start() throws InterruptedException {
    role.start();
  }

  @Override
  public boolean isRunning() {
    return role.isRunning();
  }

  @Override
  public Map<TopicPartition, Long> committed() {
    return role.committed();
  }

  @Override
  public Optional<Throwable> failure() {
    return role.failure();
  }

  /** Returns its counters. */
  Map<String, Long> counts() {
    return role.counts();
  }

  /** Returns how long it took from its start to work. */
  Duration recovery() {
    return role.lastRecovery().orElseThrow();
  }

  @Override
  public void close() {
    role.close();
  }
}
