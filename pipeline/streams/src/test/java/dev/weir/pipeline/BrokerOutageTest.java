package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker goes away, in mid-stream or with nothing open, for longer than a session, a
 * transaction and a delivery may take, and comes back with its records. The timeouts are shorter
 * than in production, so that what a minute does there happens here in seconds.
 */
class BrokerOutageTest {
  private static final int EVENTS = 1500;
  private static final Duration OUTAGE = Duration.ofSeconds(8);
  private static final Map<String, Object> TIMEOUTS =
      Map.of(
          "main.consumer.session.timeout.ms", 6000,
          "main.consumer.heartbeat.interval.ms", 500,
          "producer.transaction.timeout.ms", 3000,
          "producer.request.timeout.ms", 1000,
          "producer.delivery.timeout.ms", 2000,
          "producer.max.block.ms", 2000);

  @TempDir Path directory;

  @Test
  void anOutageLongerThanAllTimeoutsLosesAndDoublesNothing() throws Exception {
    outage("quiet", false);
  }

  @Test
  void neitherDoesOneInTheMidstOfATransaction() throws Exception {
    outage("busy", true);
  }

  private void outage(String model, boolean isBusy) throws Exception {
    ModelSpec spec = SpecReader.parse("o", DisorderedStream.spec().replace("MODEL", model));
    List<Arrival> arrivals = DisorderedStream.of(EVENTS);
    Map<String, Set<String>> expected = DisorderedStream.expected(arrivals);
    int third = arrivals.size() / 3;
    try (OwnBroker broker = new OwnBroker(directory.resolve("broker"), spec)) {
      broker.createTopics();
      try (PipelineRole role = role(broker, spec)) {
        role.start();
        broker.send(arrivals.subList(0, third));
        Await.until(
            PartitionedRun.WITHIN,
            () -> !broker.examples().isEmpty(),
            () -> "no examples yet, " + role.failure());
        broker.send(arrivals.subList(third, 2 * third));
        if (!isBusy) {
          broker.awaitQuiet(role);
        }
        broker.goAway();
        broker.outlast(OUTAGE);
        broker.comeBack();
        broker.send(arrivals.subList(2 * third, arrivals.size()));
        List<Example> examples = broker.awaitExamples(expected.keySet(), role);
        assertThat(role.failure()).isEmpty();
        assertThat(role.isRunning()).isTrue();
        assertThat(DisorderedStream.byId(examples)).isEqualTo(expected);
        assertThat(examples).hasSameSizeAs(expected.keySet());
      }
    }
  }

  private PipelineRole role(OwnBroker broker, ModelSpec spec) {
    return new PipelineRole(
        spec,
        broker.names(),
        broker.client(TIMEOUTS),
        directory.resolve("state"),
        MutableClock.at(PipelineDriver.START));
  }
}
