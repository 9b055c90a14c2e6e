package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.Topics;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one broker share four partitions; one of them is killed in mid-stream. */
class InstancesTest {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 2000;
  private static final int CHUNKS = 20;

  @TempDir Path directory;

  @Test
  void aKilledInstanceLosesAndDoublesNothing() throws Exception {
    String model = TestBroker.uniqueName("shared");
    try (PartitionedRun run = new PartitionedRun(model, DisorderedStream.spec(), PARTITIONS)) {
      Path file = Files.writeString(directory.resolve("weir.yaml"), run.spec().text());
      Process first = start(run, file, "1");
      Process second = start(run, file, "2");
      try {
        awaitMembers(run, 2);
        List<Arrival> arrivals = DisorderedStream.of(EVENTS);
        int half = arrivals.size() / 2;
        send(run, arrivals.subList(0, half));
        Await.until(
            PartitionedRun.WITHIN, () -> examples(run).size() > 100, () -> "no examples yet");
        send(run, arrivals.subList(half, half + half / 2));
        long killedAt = System.nanoTime();
        first.destroyForcibly().waitFor();
        send(run, arrivals.subList(half + half / 2, arrivals.size()));
        Map<String, Set<String>> expected = DisorderedStream.expected(arrivals);
        Await.until(
            PartitionedRun.WITHIN,
            () -> examples(run).size() >= expected.size(),
            () -> examples(run).size() + " examples of " + expected.size());
        Duration recovery = Duration.ofNanos(System.nanoTime() - killedAt);
        System.out.println(
            "killed with SIGKILL: all "
                + expected.size()
                + " examples after "
                + recovery.toMillis()
                + " ms, of which up to 6000 ms until the group knows");
        assertThat(examples(run)).hasSameSizeAs(expected.keySet());
        assertThat(DisorderedStream.byId(examples(run))).isEqualTo(expected);
      } finally {
        first.destroyForcibly();
        second.destroyForcibly();
      }
    }
  }

  private Process start(PartitionedRun run, Path spec, String name) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PipelineProcess.class.getName(),
            TestBroker.bootstrapServers(),
            run.names().prefix(),
            spec.toString(),
            directory.resolve("state-" + name).toString(),
            Integer.toString(PARTITIONS),
            name);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("instance-" + name + ".log").toFile())
        .start();
  }

  private void awaitMembers(PartitionedRun run, int count) {
    String group = "weir-pipeline-" + run.spec().model();
    Await.until(
        PartitionedRun.WITHIN,
        () -> membersAtWork(run, group) == count,
        () -> membersAtWork(run, group) + " members at work; " + logs());
  }

  private static long membersAtWork(PartitionedRun run, String group) {
    try {
      return run.admin().describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(each -> each.members().stream())
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .count();
    } catch (ExecutionException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String logs() {
    StringBuilder logs = new StringBuilder();
    for (String name : List.of("1", "2")) {
      try {
        String text = Files.readString(directory.resolve("instance-" + name + ".log"));
        logs.append(text, Math.max(0, text.length() - 1500), text.length());
      } catch (IOException e) {
        logs.append(e);
      }
    }
    return logs.toString();
  }

  private static void send(PartitionedRun run, List<Arrival> arrivals) {
    int size = Math.max(1, arrivals.size() / CHUNKS);
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival each = arrivals.get(i);
      Instant at = DisorderedStream.time(each);
      String json = new String(DisorderedStream.json(each), StandardCharsets.UTF_8);
      if (each.kind() == Kind.ROW) {
        run.sendFeature(at, json);
      } else {
        run.sendLabel(at, json);
      }
      if (i % size == size - 1) {
        run.flush();
      }
    }
    run.flush();
  }

  private static List<Example> examples(PartitionedRun run) {
    return TestBroker.readAll(run.names().of(Topics.EXAMPLES)).stream()
        .map(r -> AvroSerde.examples().deserializer().deserialize("e", r.value()))
        .toList();
  }
}
