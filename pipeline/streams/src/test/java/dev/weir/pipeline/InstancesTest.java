package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.Topics;
import dev.weir.joinoracle.BatchJoin;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.joinoracle.BatchJoin.Rules;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.gen.Gen;
import dev.weir.testkit.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one broker share four partitions; one of them is killed in mid-stream. */
class InstancesTest {
  private static final int PARTITIONS = 4;
  private static final int WITHIN_MINUTES = 120;
  private static final Rules RULES = new Rules(WITHIN_MINUTES, null, false, null);
  private static final int EVENTS = 2000;
  private static final int CHUNKS = 20;

  @TempDir Path directory;

  @Test
  void aKilledInstanceLosesAndDoublesNothing() throws Exception {
    String model = TestBroker.uniqueName("shared");
    try (PartitionedRun run = new PartitionedRun(model, spec(), PARTITIONS)) {
      Path file = Files.writeString(directory.resolve("weir.yaml"), run.spec().text());
      Process first = start(run, file, "1");
      Process second = start(run, file, "2");
      try {
        awaitMembers(run, 2);
        List<Arrival> arrivals = arrivals();
        int half = arrivals.size() / 2;
        send(run, arrivals.subList(0, half));
        Await.until(
            PartitionedRun.WITHIN, () -> examples(run).size() > 100, () -> "no examples yet");
        send(run, arrivals.subList(half, half + half / 2));
        long killedAt = System.nanoTime();
        first.destroyForcibly().waitFor();
        send(run, arrivals.subList(half + half / 2, arrivals.size()));
        Map<String, Set<String>> expected = BatchJoin.examples(arrivals, RULES);
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
        assertThat(byId(examples(run))).isEqualTo(expected);
      } finally {
        first.destroyForcibly();
        second.destroyForcibly();
      }
    }
  }

  private static String spec() {
    return """
    model: MODEL
    version: 1
    events:
      features: {topic: MODEL.features, id: id, time: at}
      labels: {topic: MODEL.labels, id: id, time: at, value: late}
      labelWithin: PT2H
      maxAhead: P3650D
    features:
      - {name: amount, type: number}
    training:
      network: {hidden: [4]}
    triggers:
      volume: {examples: 100000}
      drift: {delta: 0.05, waitForExamples: 100, window: 200, cooldown: PT1H}
    """;
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

  /** Rows and labels about by time, some twice, some labels before their rows or never. */
  private static List<Arrival> arrivals() {
    Gen gen = Gen.of(7);
    TreeMap<Double, Arrival> queue = new TreeMap<>();
    for (int i = 0; i < EVENTS; i++) {
      String id = "e" + i;
      queue.put(i + gen.doubleBetween(0, 200), row(id, i));
      if (gen.chance(0.1)) {
        queue.put(i + gen.doubleBetween(0, 200), row(id, i));
      }
      if (gen.chance(0.9)) {
        int minute = i + gen.intBetween(0, gen.chance(0.1) ? 2 * WITHIN_MINUTES : WITHIN_MINUTES);
        queue.put(i + gen.doubleBetween(0, 200), label(id, minute, gen.intBetween(0, 1)));
      }
    }
    List<Arrival> arrivals = new ArrayList<>();
    queue
        .values()
        .forEach(
            a ->
                arrivals.add(
                    new Arrival(
                        a.kind(), a.id(), a.entity(), a.minute(), a.value(), arrivals.size())));
    return arrivals;
  }

  private static Arrival row(String id, int minute) {
    return new Arrival(Kind.ROW, id, id, minute, 0, 0);
  }

  private static Arrival label(String id, int minute, int value) {
    return new Arrival(Kind.LABEL, id, id, minute, value, 0);
  }

  private static void send(PartitionedRun run, List<Arrival> arrivals) {
    int size = Math.max(1, arrivals.size() / CHUNKS);
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival each = arrivals.get(i);
      Instant at = PipelineDriver.at(each.minute());
      String head = "{\"id\": \"" + each.id() + "\", \"at\": \"" + at + "\", ";
      if (each.kind() == Kind.ROW) {
        run.sendFeature(at, head + "\"amount\": 1}");
      } else {
        run.sendLabel(at, head + "\"late\": " + each.value() + "}");
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

  private static Map<String, Set<String>> byId(List<Example> examples) {
    Map<String, Set<String>> byId = new TreeMap<>();
    for (Example each : examples) {
      long minute = Duration.between(PipelineDriver.START, each.labelTime()).toMinutes();
      byId.put(each.eventId(), Set.of((int) each.label() + "@" + minute));
    }
    return byId;
  }
}
