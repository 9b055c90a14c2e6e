package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.joinoracle.BatchJoin;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.joinoracle.BatchJoin.Rules;
import dev.weir.testkit.gen.Gen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No interleaving of records changes the examples: they are those of a batch job. */
class LabelJoinPropertyTest {
  private static final int WITHIN = 120;

  /** Minutes from one interleaving to the next: by then the last one is forgotten. */
  static final int ROUND = 3000;

  /** Six times this are the interleavings that the build runs. */
  private static final int ROUNDS = 34;

  private static final int EVENTS = 5000;

  /** What a spec can say of labels. */
  enum Policy {
    FIRST(null, false, null, false, ""),
    FIRST_SILENCE(0, false, null, false, "onExpiry: {label: 0}"),
    FIRST_SILENCE_OBSERVED(0, false, 1, false, "onExpiry: {label: 0}\n  observedWhen: negative"),
    FIRST_ERASED(null, false, null, true, "erasures: {topic: user.erasures}"),
    LAST_OBSERVED(null, true, 0, false, "onConflict: last\n  observedWhen: positive"),
    LAST_SILENCE(0, true, null, false, "onConflict: last\n  onExpiry: {label: 0}");

    private final Rules rules;
    private final boolean hasErasures;
    private final String text;

    Policy(Integer silence, boolean isLast, Integer preventing, boolean erases, String text) {
      this.rules = new Rules(WITHIN, silence, isLast, preventing);
      this.hasErasures = erases;
      this.text = text;
    }

    Rules rules() {
      return rules;
    }

    ModelSpec spec() {
      return PipelineDriver.spec("user", text.isEmpty() ? "onConflict: first" : text);
    }

    Interleavings interleaving(Gen gen, String prefix, int events) {
      boolean isDecided = rules.preventing() != null;
      boolean mayCorrect = rules.silence() != null && !isDecided;
      int labelsWithin = mayCorrect ? 2 * WITHIN : WITHIN;
      return Interleavings.of(
          gen,
          prefix,
          new Interleavings.Shape(events, WITHIN, labelsWithin, isDecided, hasErasures));
    }
  }

  @TempDir Path directory;

  @Test
  void noInterleavingChangesTheExamples() throws Exception {
    check(ROUNDS, EVENTS);
  }

  /** One interleaving of a million events, for each policy. */
  @Tag("nightly")
  @Test
  void norDoesOneOfAMillionEvents() throws Exception {
    check(1, 1_000_000);
  }

  /** Two policies at a time. */
  private void check(int rounds, int events) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> checks = new ArrayList<>();
      for (Policy each : Policy.values()) {
        checks.add(
            () -> {
              check(each, rounds, events);
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(checks)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void check(Policy policy, int rounds, int events) {
    AtomicInteger round = new AtomicInteger();
    try (JoinDriver join = new JoinDriver(directory.resolve(policy.name()), policy.spec())) {
      Gen.cases(
          rounds,
          20261124 + policy.ordinal(),
          gen -> {
            Interleavings each = policy.interleaving(gen, round + "-", events);
            check(policy, join, each, round.getAndIncrement() * ROUND);
          });
    }
    assertThat(round).hasValue(rounds);
  }

  private static void check(Policy policy, JoinDriver join, Interleavings each, int start) {
    Map<String, Long> before = join.counts();
    each.publish(join, start);
    Map<String, String> actual = standing(join.examples(), start);
    Map<String, Set<String>> expected = BatchJoin.examples(each.arrivals(), policy.rules);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    assertThat(actual).allSatisfy((id, label) -> assertThat(expected.get(id)).contains(label));
    assertThat(actual.size()).isGreaterThan(each.arrivals().size() / 10);
    everyRecordIsCountedOnce(each, before, join.counts());
    assertThat(join.open()).allSatisfy((store, size) -> assertThat(size).as(store).isZero());
  }

  /** Returns the label of each event's last revision; revisions count from 1 without a gap. */
  static Map<String, String> standing(List<Example> examples, int start) {
    Map<String, String> labels = new TreeMap<>();
    Map<String, Integer> revisions = new TreeMap<>();
    for (Example each : examples) {
      int revision = revisions.merge(each.eventId(), 1, Integer::sum);
      assertThat(each.revision()).as("revision of %s", each.eventId()).isEqualTo(revision);
      long minute = Duration.between(PipelineDriver.at(start), each.labelTime()).toMinutes();
      labels.put(each.eventId(), (int) each.label() + "@" + minute);
    }
    return labels;
  }

  private static void everyRecordIsCountedOnce(
      Interleavings each, Map<String, Long> before, Map<String, Long> after) {
    long rows =
        counted(
            before,
            after,
            List.of("duplicateRows", "examples", "silent", "unobserved", "expired", "erased"));
    assertThat(rows).as("rows in %s", after).isEqualTo(each.count(Kind.ROW));
    long labels =
        counted(
            before,
            after,
            List.of(
                "duplicateLabels",
                "examples",
                "corrected",
                "conflict",
                "tooLate",
                "orphan",
                "erasedLabels"));
    assertThat(labels).as("labels in %s", after).isEqualTo(each.count(Kind.LABEL));
  }

  private static long counted(
      Map<String, Long> before, Map<String, Long> after, List<String> names) {
    return names.stream()
        .mapToLong(name -> after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L))
        .sum();
  }
}
