package dev.weir.app;

import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoReport;
import dev.weir.app.driver.DriverClock;
import dev.weir.app.flights.FlightFile;
import dev.weir.app.replay.Story;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * One month of flights through a stack of its own.
 *
 * @param report what the run did
 * @param examples the examples by event id
 * @param counts the pipeline's counters
 * @param predictions all predictions, in order
 * @param attempts how often each version's job was begun
 */
record FlightsRun(
    DemoReport report,
    Map<String, Example> examples,
    Map<String, Long> counts,
    List<Prediction> predictions,
    List<Double> attempts) {

  static Stack start(Path directory) throws IOException, InterruptedException {
    return Stack.start(
        new StackSettings(
            directory,
            Path.of(System.getProperty("weir.home"), "trainer", "target", "child.classpath"),
            SpecReader.parse("weir.yaml", resource("/flights/weir.yaml")),
            PolicyReader.parse("policy.yaml", resource("/flights/policy.yaml")),
            new DriverClock(Demo.START),
            true,
            List.of(Demo.TAMPERED_TOPIC)));
  }

  static FlightsRun play(Stack stack, Story story) throws IOException, InterruptedException {
    DemoReport report = new Demo(stack, FlightFile.read(), story).play();
    return new FlightsRun(
        report,
        examples(stack),
        Map.copyOf(stack.counts()),
        read(stack, Topics.PREDICTIONS, AvroSerde.predictions().deserializer()::deserialize),
        read(stack, Topics.CANDIDATES, (topic, value) -> Json.read(value, Candidate.class)).stream()
            .map(candidate -> candidate.metrics().get("attempts"))
            .toList());
  }

  /** Returns the time of the first event that a version decided. */
  Instant firstDecisionOf(int version) {
    return predictions.stream()
        .filter(p -> p.role() == ServingRole.CHAMPION && p.version() == version)
        .map(Prediction::eventTime)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns the versions that decided events of a period. */
  Set<Integer> deciding(Instant from, Instant to) {
    return predictions.stream()
        .filter(p -> p.role() == ServingRole.CHAMPION)
        .filter(p -> !p.eventTime().isBefore(from) && p.eventTime().isBefore(to))
        .map(Prediction::version)
        .collect(Collectors.toSet());
  }

  private static <T> List<T> read(
      Stack stack, Topics topic, BiFunction<String, byte[], T> deserializer) {
    return new RangeReader(stack.client())
        .readAll(stack.names().of(topic)).stream()
            .map(record -> deserializer.apply(record.topic(), record.value()))
            .toList();
  }

  private static Map<String, Example> examples(Stack stack) {
    Map<String, Example> examples = new TreeMap<>();
    for (Example example :
        read(stack, Topics.EXAMPLES, AvroSerde.examples().deserializer()::deserialize)) {
      if (examples.put(example.eventId(), example) != null) {
        throw new AssertionError("two examples of event " + example.eventId());
      }
    }
    return examples;
  }

  private static String resource(String name) throws IOException {
    try (var in = FlightsRun.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
