package dev.weir.pipeline.watch;

import dev.weir.pipeline.state.WriteBehindStore;
import dev.weir.pipeline.trigger.ExampleRun;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Where a partition's examples of the epoch under way stand, as runs of offsets without a gap. */
final class ExampleOffsets {
  static final String STORE = "watch-examples";

  /** Stands among the first offsets of runs for the last correction. */
  private static final long CORRECTION = -1;

  private final KeyValueStore<Long, Long> store;
  private @Nullable ExampleRun last;

  /** Creates the offsets on a task's store: from the first offset of each run to its length. */
  ExampleOffsets(KeyValueStore<Long, Long> store) {
    this.store = store;
    for (ExampleRun run : runs()) {
      last = run;
    }
  }

  /** A run is written per commit, not per example. */
  static StoreBuilder<KeyValueStore<Long, Long>> store() {
    return WriteBehindStore.builder(STORE, Serdes.Long(), Serdes.Long());
  }

  void example(long offset) {
    ExampleRun run =
        last != null && last.to() == offset
            ? new ExampleRun(last.from(), last.count() + 1)
            : new ExampleRun(offset, 1);
    store.put(run.from(), run.count());
    last = run;
  }

  void correction(long offset) {
    store.put(CORRECTION, offset);
  }

  /** Returns the runs in the order of their offsets, and forgets them. */
  List<ExampleRun> takeRuns() {
    List<ExampleRun> runs = runs();
    runs.forEach(run -> store.delete(run.from()));
    last = null;
    return runs;
  }

  private List<ExampleRun> runs() {
    List<ExampleRun> runs = new ArrayList<>();
    try (KeyValueIterator<Long, Long> entries = store.range(0L, Long.MAX_VALUE)) {
      entries.forEachRemaining(entry -> runs.add(new ExampleRun(entry.key, entry.value)));
    }
    return runs;
  }

  /** Returns the offset of the last correction, and forgets it; null where there was none. */
  @Nullable Long takeCorrection() {
    return store.delete(CORRECTION);
  }
}
