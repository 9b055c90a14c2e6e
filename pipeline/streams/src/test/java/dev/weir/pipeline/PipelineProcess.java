package dev.weir.pipeline;

import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.testkit.time.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One instance of the pipeline as a process of its own, until its standard input ends. */
final class PipelineProcess {
  private PipelineProcess() {}

  /**
   * Runs it.
   *
   * @param arguments broker, prefix of topics, spec file, state directory, partitions, name
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[2]);
    var spec = SpecReader.parse(file.toString(), Files.readString(file));
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers", arguments[0],
            "main.consumer.session.timeout.ms", 6000,
            "main.consumer.heartbeat.interval.ms", 1000);
    PipelineInstance instance =
        new PipelineInstance(
            client, Path.of(arguments[3]), Integer.parseInt(arguments[4]), arguments[5]);
    try (PipelineRole role =
        new PipelineRole(
            spec,
            new TopicNames(arguments[1], spec.model()),
            instance,
            MutableClock.at(PipelineDriver.START))) {
      role.start();
      int read = System.in.read();
      while (read >= 0) {
        read = System.in.read();
      }
    }
  }
}
