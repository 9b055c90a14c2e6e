package dev.weir.pipeline;

import dev.weir.contracts.event.Example;
import dev.weir.joinoracle.BatchJoin;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.joinoracle.BatchJoin.Rules;
import dev.weir.testkit.gen.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rows and labels of events a minute apart, about by time: some twice, some labels before their
 * rows, too late or never; with the spec of their model and the examples that they must give.
 */
final class DisorderedStream {
  private static final int WITHIN_MINUTES = 120;
  private static final Rules RULES = new Rules(WITHIN_MINUTES, null, false, null);

  private DisorderedStream() {}

  /** Returns the text of the spec; MODEL stands for the model's name. */
  static String spec() {
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

  static List<Arrival> of(int events) {
    Gen gen = Gen.of(7);
    TreeMap<Double, Arrival> queue = new TreeMap<>();
    for (int i = 0; i < events; i++) {
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

  /** Returns a record as its user writes it. */
  static byte[] json(Arrival each) {
    String head = "{\"id\": \"" + each.id() + "\", \"at\": \"" + time(each) + "\", ";
    return PipelineDriver.bytes(
        head + (each.kind() == Kind.ROW ? "\"amount\": 1}" : "\"late\": " + each.value() + "}"));
  }

  static Instant time(Arrival each) {
    return PipelineDriver.at(each.minute());
  }

  /** Returns the label of each event that must have an example, by the oracle. */
  static Map<String, Set<String>> expected(List<Arrival> arrivals) {
    return BatchJoin.examples(arrivals, RULES);
  }

  /** Returns the same of examples. */
  static Map<String, Set<String>> byId(List<Example> examples) {
    Map<String, Set<String>> byId = new TreeMap<>();
    for (Example each : examples) {
      long minute = Duration.between(PipelineDriver.START, each.labelTime()).toMinutes();
      byId.put(each.eventId(), Set.of((int) each.label() + "@" + minute));
    }
    return byId;
  }
}
