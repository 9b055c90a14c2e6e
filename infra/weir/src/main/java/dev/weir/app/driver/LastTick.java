package dev.weir.app.driver;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Where a driver was stopped: it goes on after the last tick that it published. */
public final class LastTick {
  private LastTick() {}

  /**
   * Returns a model's last tick, if there is one.
   *
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param topic the topic of ticks
   * @param model the model
   */
  public static Optional<Tick> of(Map<String, Object> client, String topic, String model) {
    byte[] key = model.getBytes(StandardCharsets.UTF_8);
    return new RangeReader(client)
        .readAll(topic).stream()
            .filter(record -> Arrays.equals(record.key(), key))
            .map(record -> Json.read(record.value(), Tick.class))
            .max(Comparator.comparingLong(Tick::number));
  }
}
