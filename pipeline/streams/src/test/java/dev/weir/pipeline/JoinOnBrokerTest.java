package dev.weir.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Outcome;
import dev.weir.joinoracle.BatchJoin;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.pipeline.LabelJoinPropertyTest.Policy;
import dev.weir.testkit.gen.Gen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Interleavings on a real broker, exactly once, with four partitions: instances come and go while
 * records do, so that each partition's state moves by its changelog and back.
 */
class JoinOnBrokerTest {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 300;

  /** Waits in one interleaving; with each, an instance comes or goes. */
  private static final int STAGES = 3;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"FIRST_ERASED", "FIRST_SILENCE_OBSERVED"})
  void restartsAndRebalancesChangeNoExampleAndNoOutcome(Policy policy) {
    check(policy, 5);
  }

  @Tag("nightly")
  @ParameterizedTest
  @EnumSource(names = {"FIRST_ERASED", "FIRST_SILENCE_OBSERVED", "LAST_OBSERVED", "LAST_SILENCE"})
  void norDoMany(Policy policy) {
    check(policy, 50);
  }

  private void check(Policy policy, int interleavings) {
    try (JoinCluster cluster =
        new JoinCluster(directory.resolve(policy.name()), policy.spec(), PARTITIONS)) {
      cluster.open("a");
      AtomicInteger round = new AtomicInteger();
      AtomicInteger read = new AtomicInteger();
      Gen.cases(
          interleavings,
          20261126 + policy.ordinal(),
          gen -> {
            int start = round.get() * LabelJoinPropertyTest.ROUND;
            Interleavings each = policy.interleaving(gen, round.getAndIncrement() + "-", EVENTS);
            publish(each, cluster, start);
            List<Example> all = cluster.examples();
            List<Example> examples = all.stream().filter(e -> each.has(e.eventId())).toList();
            read.addAndGet(examples.size());
            assertThat(all)
                .as("no example of an earlier interleaving came later")
                .hasSize(read.get());
            check(policy, each, LabelJoinPropertyTest.standing(examples, start));
            checkOutcomes(each, examples, cluster.outcomes());
          });
    }
  }

  private static void check(Policy policy, Interleavings each, Map<String, String> actual) {
    Map<String, Set<String>> expected = BatchJoin.examples(each.arrivals(), policy.rules());
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((id, label) -> assertThat(expected.get(id)).as(id).contains(label));
  }

  /** Each event that was decided on has one outcome if it has an example, with a label of such. */
  private static void checkOutcomes(
      Interleavings each, List<Example> examples, List<Outcome> outcomes) {
    Set<String> decided =
        each.arrivals().stream()
            .filter(arrival -> arrival.kind() == Kind.DECISION)
            .map(Arrival::id)
            .collect(toSet());
    Map<String, Set<Double>> labels =
        examples.stream()
            .filter(example -> decided.contains(example.eventId()))
            .collect(groupingBy(Example::eventId, mapping(Example::label, toSet())));
    List<Outcome> made =
        outcomes.stream().filter(outcome -> each.has(outcome.prediction().eventId())).toList();
    assertThat(made)
        .extracting(outcome -> outcome.prediction().eventId())
        .containsExactlyInAnyOrderElementsOf(labels.keySet());
    assertThat(made)
        .allSatisfy(
            outcome ->
                assertThat(labels.get(outcome.prediction().eventId())).contains(outcome.label()));
  }

  /** Ticks wait for what was sent before, as the driver's do; all but a few are left out. */
  private static void publish(Interleavings each, JoinCluster cluster, int start) {
    int stage = each.arrivals().size() / STAGES;
    int tick = 0;
    for (int i = 0; i < each.arrivals().size(); i++) {
      send(each.arrivals().get(i), cluster, start);
      tick = Math.max(tick, each.ticks()[i]);
      if (i % stage == stage / 2) {
        cluster.rebalance();
      } else if (i % stage == stage - 1) {
        cluster.await();
        cluster.tick(start + tick);
        cluster.await();
      }
    }
    cluster.await();
    cluster.tick(start + Interleavings.END);
    cluster.await();
    cluster.tick(start + Interleavings.FORGOTTEN);
    cluster.await();
  }

  /** Whether an example is there before an erasure depends on what was read, not on times. */
  private static void send(Arrival arrival, JoinCluster cluster, int start) {
    boolean isErasure = arrival.kind() == Kind.ERASURE;
    if (isErasure) {
      cluster.await();
    }
    cluster.send(arrival, start);
    if (isErasure) {
      cluster.await();
    }
  }
}
