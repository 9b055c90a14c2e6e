package dev.weir.pipeline;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.epoch.Epochs;
import dev.weir.pipeline.join.EventJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counters of one instance's tasks, by name. Thread-safe. */
final class PipelineCounts {
  private static final Logger log = LoggerFactory.getLogger(PipelineCounts.class);

  private final ModelSpec spec;
  private final KafkaStreams streams;
  private volatile Map<String, Long> last = Map.of();

  PipelineCounts(ModelSpec spec, KafkaStreams streams) {
    this.spec = spec;
    this.streams = streams;
  }

  /**
   * Returns them as they are; a name that never counted is absent.
   *
   * @throws InvalidStateStoreException if the instance does not run
   */
  Map<String, Long> now() {
    Map<String, Long> counts = new TreeMap<>();
    List<String> stores = new ArrayList<>(IngestTopology.counts(spec));
    stores.add(EventJoin.COUNTS);
    stores.add(Epochs.COUNTS);
    for (String store : stores) {
      try {
        add(store, counts);
      } catch (InvalidStateStoreException e) {
        if (!isRunning()) {
          throw e;
        }
        log.debug("no task of this instance has store={}", store, e);
      }
    }
    return counts;
  }

  private void add(String store, Map<String, Long> counts) {
    var view =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                store, QueryableStoreTypes.<String, Long>keyValueStore()));
    try (KeyValueIterator<String, Long> all = view.all()) {
      all.forEachRemaining(entry -> counts.merge(entry.key, entry.value, Long::sum));
    }
  }

  /** Returns them; those last seen while the stores cannot be asked. */
  Map<String, Long> lastSeen() {
    if (isRunning()) {
      try {
        last = Map.copyOf(now());
      } catch (InvalidStateStoreException | IllegalStateException e) {
        log.debug("stores cannot be asked now", e);
      }
    }
    return last;
  }

  private boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }
}
