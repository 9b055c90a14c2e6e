package dev.weir.trainer.worker;

import dev.weir.contracts.loop.RecordLoop;
import dev.weir.model.registry.ModelRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A trainer in a process of its own, for a test that kills it. */
final class WorkerMain {
  private WorkerMain() {}

  /** Runs until it is killed: prefix, bootstrap servers, registry and the jobs' directory. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, Object> client = client(args[1]);
    ModelRegistry registry = ModelRegistry.connect(URI.create(args[2]));
    try (TrainerWorker worker =
            TrainingFixture.worker(args[0], client, registry, Path.of(args[3]), child -> {});
        RecordLoop loop = loop(args[0], client, worker)) {
      loop.start();
      Thread.currentThread().join();
    }
  }

  static RecordLoop loop(String group, Map<String, Object> client, TrainerWorker worker) {
    return new RecordLoop(group, worker.topics(), client, Duration.ofMinutes(5), worker);
  }

  /** A dead member's partitions are given away after its session, here the shortest allowed. */
  static Map<String, Object> client(String bootstrapServers) {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers,
        "session.timeout.ms",
        6000,
        "heartbeat.interval.ms",
        1000);
  }
}
