package dev.weir.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteBehindStoreTest {
  private final WriteBehindStore<String, Content> store =
      (WriteBehindStore<String, Content>)
          WriteBehindStore.builder("small", Serdes.String(), Content.SERDE)
              .withLoggingDisabled()
              .build();
  private final AtomicInteger written = new AtomicInteger();

  @BeforeEach
  void init() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
  }

  private Content content(String text) {
    return () -> {
      written.incrementAndGet();
      return text.getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String text(Content content) {
    return content == null ? null : new String(content.bytes(), StandardCharsets.UTF_8);
  }

  private Map<String, String> all() {
    Map<String, String> all = new HashMap<>();
    try (KeyValueIterator<String, Content> entries = store.all()) {
      entries.forEachRemaining(entry -> all.put(entry.key, text(entry.value)));
    }
    return all;
  }

  private static Map<String, String> inner(WriteBehindStore<String, Content> store) {
    Map<String, String> all = new HashMap<>();
    try (KeyValueIterator<String, Content> entries = store.wrapped().all()) {
      entries.forEachRemaining(entry -> all.put(entry.key, text(entry.value)));
    }
    return all;
  }

  @Test
  void whatIsPutAThousandTimesIsWrittenOncePerCommit() {
    for (int n = 0; n < 1_000; n++) {
      store.put("a", content("value " + n));
    }
    assertThat(written).hasValue(0);
    assertThat(inner(store)).isEmpty();

    store.flushCache();
    store.flushCache();

    assertThat(written).hasValue(1);
    assertThat(inner(store)).containsOnly(Map.entry("a", "value 999"));
  }

  @Test
  void contentIsAsItIsAtTheCommit() {
    StringBuilder growing = new StringBuilder("a");
    store.put("key", () -> growing.toString().getBytes(StandardCharsets.UTF_8));
    growing.append("b");

    store.flushCache();
    growing.append("c");

    assertThat(text(store.get("key"))).isEqualTo("ab");
  }

  @Test
  void whatWaitsIsSeenBeforeItIsWritten() {
    store.put("old", content("1"));
    store.put("gone", content("2"));
    store.flushCache();
    store.put("new", content("3"));
    store.put("old", content("4"));

    assertThat(text(store.delete("gone"))).isEqualTo("2");
    assertThat(store.delete("never")).isNull();
    assertThat(text(store.putIfAbsent("old", content("5")))).isEqualTo("4");
    assertThat(store.get("gone")).isNull();
    assertThat(all()).containsOnly(Map.entry("new", "3"), Map.entry("old", "4"));

    store.flushCache();

    assertThat(inner(store)).isEqualTo(all());
  }

  @Test
  void rangesFollowTheKeysWhateverWaits() {
    store.put("c", content("3"));
    store.put("a", content("1"));
    store.flushCache();
    store.put("b", content("2"));
    store.put("d", content("4"));

    StringBuilder keys = new StringBuilder();
    try (KeyValueIterator<String, Content> entries = store.range("a", "c")) {
      entries.forEachRemaining(entry -> keys.append(entry.key));
    }

    assertThat(keys).hasToString("abc");
  }

  @Test
  void whatWasNotCommittedIsForgottenWithItsTask() {
    store.put("a", content("1"));
    store.flushCache();
    store.put("a", content("2"));

    store.clearCache();

    assertThat(text(store.get("a"))).isEqualTo("1");
  }

  @Test
  void norIsItThereWhenItsStoreIsOpenedAgain() {
    store.put("a", content("of an aborted transaction"));

    store.close();
    init();

    assertThat(store.get("a")).isNull();
    store.flushCache();
    assertThat(inner(store)).isEmpty();
  }

  @Test
  void countersAddUpOverCommits() {
    WriteBehindStore<String, Long> longs =
        (WriteBehindStore<String, Long>) Counters.store("counts").withLoggingDisabled().build();
    longs.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), longs);
    KeyValueStore<String, Long> counts = longs;
    Counters counters = new Counters(counts);
    counters.add(Count.ROWS);
    counters.add(Count.ROWS);
    longs.flushCache();
    counters.add(Count.ROWS);

    assertThat(counts.get("rows")).isEqualTo(3);
    assertThat(longs.wrapped().get("rows")).isEqualTo(2);
  }
}
