package dev.weir.app;

import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoReport;
import dev.weir.app.demo.Story;
import dev.weir.app.driver.DriverClock;
import dev.weir.app.flights.FlightFile;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One month of flights through a stack of its own.
 *
 * @param report what the run did
 * @param examples the examples by event id
 * @param counts the pipeline's counters
 */
record FlightsRun(DemoReport report, Map<String, Example> examples, Map<String, Long> counts) {

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
    return new FlightsRun(report, examples(stack), Map.copyOf(stack.counts()));
  }

  private static Map<String, Example> examples(Stack stack) {
    Map<String, Example> examples = new TreeMap<>();
    new RangeReader(stack.client())
        .readAll(stack.names().of(Topics.EXAMPLES))
        .forEach(
            record -> {
              Example example =
                  AvroSerde.examples().deserializer().deserialize(record.topic(), record.value());
              if (examples.put(example.eventId(), example) != null) {
                throw new AssertionError("two examples of event " + example.eventId());
              }
            });
    return examples;
  }

  private static String resource(String name) throws IOException {
    try (var in = FlightsRun.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
