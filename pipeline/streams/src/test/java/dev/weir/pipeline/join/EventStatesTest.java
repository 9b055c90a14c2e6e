package dev.weir.pipeline.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Row;
import dev.weir.pipeline.state.WriteBehindStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times are milliseconds; a label may come within 100 of them. */
class EventStatesTest {
  private static final byte[] BYTES = {1, 2, 3};

  private final KeyValueStore<String, EventState> store =
      EventStates.store(Stores.inMemoryKeyValueStore("events")).withLoggingDisabled().build();
  private EventStates events;

  @BeforeEach
  void init() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
    restart();
  }

  /** What is due is then known from the entries alone, which have become bytes. */
  private void restart() {
    ((WriteBehindStore<String, EventState>) store).flushCache();
    events = new EventStates(store, Duration.ofMillis(100));
  }

  private EventState row(String id, long time) {
    Row row = SmallRow.of(id, time);
    EventState before = events.get(id);
    EventState open = events.takeRow(row, BYTES, before == null ? List.of() : before.labels());
    events.put(id, open, open);
    return open;
  }

  private static KnownLabel label(long time) {
    return new KnownLabel(1, Instant.ofEpochMilli(time));
  }

  @Test
  void anOpenRowIsDueOnceItsDeadlineHasPassedAlsoAfterARestart() {
    row("a", 0);
    assertThat(events.due(100)).isEmpty();
    restart();
    assertThat(events.due(100)).isEmpty();
    assertThat(events.due(101)).containsExactly("a");
    assertThat(events.due(1000)).isEmpty();
  }

  @Test
  void whatHasALabelThatMayBeCorrectedIsKeptWithItsRowForAsLongAgain() {
    EventState open = row("a", 0);
    events.put("a", open, open.labelled(1, label(7)));
    restart();
    assertThat(events.due(1000)).isEmpty();
    events.forgetBefore(200);
    EventState kept = events.get("a");
    assertThat(kept).isNotNull();
    assertThat(kept.status()).isEqualTo(EventState.Status.LABELLED);
    assertThat(kept.labels()).containsExactly(label(7));
    assertThat(kept.row()).isEqualTo(BYTES);
    events.forgetBefore(201);
    assertThat(events.get("a")).isNull();
  }

  @Test
  void whatIsLabelledForGoodIsKeptWithItsGroupsOnly() {
    for (Map<String, String> groups :
        List.of(Map.of("region", "north", "age", ""), Map.<String, String>of())) {
      EventState open = row("a", 0);
      events.put("a", open, open.labelledForGood(2, label(7), groups));
      EventState other = row("b", 0);
      events.put("b", other, other.labelledForGood(1, label(7), null));
      restart();
      assertThat(events.get("a").groups()).isEqualTo(groups);
      assertThat(events.get("a").row()).isNull();
      assertThat(events.get("a").awaitsRow()).isFalse();
      assertThat(events.get("a").revision()).isEqualTo(2);
      assertThat(events.get("b").groups()).isNull();
      assertThat(events.due(1000)).isEmpty();
      events.forgetBefore(201);
      assertThat(events.get("a")).isNull();
    }
  }

  @Test
  void whatATickSettledIsKeptForAsLongAfterIt() {
    EventState open = row("a", 0);
    assertThat(events.due(5000)).containsExactly("a");
    long until = events.untilIfSettledAt(5000);
    events.put("a", open, open.unlabelled(List.of()).until(until));
    restart();
    events.forgetBefore(5100);
    assertThat(events.get("a")).isNotNull();
    events.forgetBefore(5101);
    assertThat(events.get("a")).isNull();
  }

  @Test
  void whatWasErasedIsKeptWithoutAnythingButItsId() {
    EventState open = row("a", 0);
    events.put("a", open, open.erased());
    restart();
    assertThat(events.due(1000)).isEmpty();
    assertThat(events.get("a").status()).isEqualTo(EventState.Status.ERASED);
    assertThat(events.get("a").row()).isNull();
    events.forgetBefore(201);
    assertThat(events.get("a")).isNull();
  }

  @Test
  void aRowWhoseLabelIsTooLateIsDueAndASilentOneIsNotAfterARestart() {
    EventState late = row("late", 0);
    events.put("late", late, late.with(List.of(label(150))));
    EventState silent = row("silent", 0);
    events.put("silent", silent, silent.silent().with(List.of(label(400))));
    restart();
    assertThat(events.due(1000)).containsExactly("late");
    assertThat(events.get("late").labels()).containsExactly(label(150));
    assertThat(events.get("silent").revision()).isEqualTo(1);
    assertThat(events.get("silent").labels()).containsExactly(label(400));
  }

  @Test
  void aLabelIsAnOrphanUnlessItsRowComes() {
    events.takeLabel("alone", label(10));
    events.takeLabel("early", label(10));
    EventState early = events.get("early");
    EventState twice = early.with(List.of(label(10), label(60)));
    events.takeLabel("early", twice, label(60));
    restart();
    assertThat(events.withOrphans(110)).isEmpty();
    assertThat(events.withOrphans(111)).containsExactly("alone", "early");
    assertThat(events.removeOrphans("alone", events.get("alone"), 111)).isEqualTo(1);
    assertThat(events.get("alone")).isNull();
    assertThat(events.removeOrphans("early", events.get("early"), 111)).isEqualTo(1);
    assertThat(events.get("early").labels()).containsExactly(label(60));
    assertThat(events.withOrphans(1000)).containsExactly("early");
  }

  @Test
  void aRowTakesItsLabelsOutOfThoseThatWait() {
    events.takeLabel("a", label(10));
    events.takeRow(SmallRow.of("a", 0), BYTES, events.get("a").labels());
    assertThat(events.withOrphans(1000)).isEmpty();
  }

  @Test
  void nothingIsLeftInTheStoreInTheEnd() {
    row("a", 0);
    events.takeLabel("b", label(10));
    pass(1000);
    restart();
    try (var entries = store.all()) {
      assertThat(entries.hasNext()).isFalse();
    }
  }

  /** One event per millisecond: a row, a label before its row, or a label alone. */
  @Test
  void memoryIsBoundedByHowLongLabelsMayComeHoweverLongItRuns() {
    int within = 100;
    int tick = 50;
    int largest = 0;
    for (int time = 0; time < 40 * within; time++) {
      String id = "e" + time;
      if (time % 3 != 0) {
        events.takeLabel(id, label(time));
      }
      if (time % 3 != 1) {
        row(id, time);
      }
      if (time % tick == 0) {
        pass(time);
        largest = Math.max(largest, events.sizeInMemory());
      }
    }
    assertThat(largest).isBetween(within, 3 * (2 * within + tick));
    pass(100 * within);
    assertThat(events.sizeInMemory()).isZero();
  }

  private void pass(long now) {
    events.due(now).forEach(id -> events.put(id, events.get(id), events.get(id).silent()));
    events.withOrphans(now).forEach(id -> events.removeOrphans(id, events.get(id), now));
    events.forgetBefore(now);
  }

  @Test
  void labelsThatRunFarAheadOfTheirRowsAreFoundOnDiskToo() {
    int ahead = 60_000;
    for (int i = 0; i < ahead; i++) {
      events.takeLabel("e" + i, label(i % 50));
    }
    restart();
    for (int i = 0; i < ahead; i++) {
      assertThat(events.get("e" + i).labels()).containsExactly(label(i % 50));
      row("e" + i, i % 50);
    }
    assertThat(events.withOrphans(1000)).isEmpty();
    assertThat(events.due(1000)).hasSize(ahead);
    for (int i = 0; i < ahead; i++) {
      events.takeLabel("f" + i, label(i % 50));
    }
    pass(1000);
    assertThat(events.sizeInMemory()).isZero();
  }
}
