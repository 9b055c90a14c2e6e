package dev.weir.serving.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.topic.Topics;
import dev.weir.serving.Models;
import dev.weir.testkit.kafka.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class KafkaOutletTest {
  private static final byte[] TOO_LARGE = new byte[Topics.MAX_MESSAGE_BYTES + 1];

  private final String prefix = TestBroker.uniqueName("outlet");
  private final String rows = Topics.ROWS.name(prefix, Models.MODEL);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void lostRecordsAreCountedWithoutAFlush() {
    TestBroker.createTopics(rows);
    try (KafkaOutlet outlet = outlet()) {
      send(outlet, TOO_LARGE);
      send(outlet, new byte[1]);
      send(outlet, TOO_LARGE);
    }
    assertThat(meters.counter("weir.serving.records.unacknowledged", "topic", rows).count())
        .isEqualTo(2);
    assertThat(TestBroker.readAll(rows)).hasSize(1);
  }

  @Test
  void flushFailsOnceForWhatWasLost() {
    TestBroker.createTopics(rows);
    try (KafkaOutlet outlet = outlet()) {
      send(outlet, TOO_LARGE);
      assertThatThrownBy(outlet::flush)
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("not acknowledged");
      outlet.flush();
    }
  }

  private KafkaOutlet outlet() {
    return new KafkaOutlet(
        prefix, Map.of("bootstrap.servers", TestBroker.bootstrapServers()), meters);
  }

  private static void send(KafkaOutlet outlet, byte[] value) {
    outlet.send(Topics.ROWS, Models.MODEL, "e1", Models.START, value);
  }
}
