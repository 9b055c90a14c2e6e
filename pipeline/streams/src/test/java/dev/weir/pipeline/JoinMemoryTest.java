package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.ServingRole;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline keeps is bounded by {@code labelWithin}, however long it runs. */
class JoinMemoryTest {
  private static final int WITHIN = 120;
  private static final int MINUTES_PER_EVENT = 5;
  private static final int TICK = 60;

  /** Events of forty times {@code labelWithin}. */
  private static final int EVENTS = 40 * WITHIN / MINUTES_PER_EVENT;

  /** Events that are remembered at most: those of twice {@code labelWithin}, and of one tick. */
  private static final int REMEMBERED = (2 * WITHIN + 2 * TICK) / MINUTES_PER_EVENT;

  /**
   * Entries of one event in the largest of the stores, the past of derived features: the event by
   * time and by entity, its label by time and in two scopes.
   */
  private static final int ENTRIES = 5;

  @TempDir Path directory;

  @Test
  void noStoreOutgrowsWhatLabelWithinTimesTheRateGives() {
    String events =
        "onConflict: last\n  onExpiry: {label: 0}\n  observedWhen: negative\n"
            + "  erasures: {topic: user.shops}";
    Map<String, Integer> largest = new TreeMap<>();
    try (PipelineDriver pipeline =
        PipelineDriver.of(directory, PipelineDriver.spec("user", events))) {
      for (int i = 0; i < EVENTS; i++) {
        int minute = i * MINUTES_PER_EVENT;
        event(pipeline, "e" + i, minute, i);
        pipeline.clock().set(PipelineDriver.at(minute));
        if (minute % TICK == 0) {
          pipeline.tick(minute);
          pipeline.sizes(".*").forEach((store, size) -> largest.merge(store, size, Math::max));
        }
      }
    }
    assertThat(largest)
        .containsKeys(
            "join-event-states", "join-selections", "join-entity-events", "outcome-predictions")
        .allSatisfy(
            (store, size) -> assertThat(size).as(store).isLessThanOrEqualTo(ENTRIES * REMEMBERED));
    assertThat(largest.get("join-event-states")).isGreaterThan(WITHIN / MINUTES_PER_EVENT);
  }

  /** Every third has no label, every fourth only a label, every fifth two. */
  private static void event(PipelineDriver pipeline, String id, int minute, int i) {
    if (i % 4 != 0) {
      pipeline.feature(id, PipelineDriver.at(minute).toString(), "s" + i % 7);
      pipeline.decide(id, minute, ServingRole.CHAMPION, i % 2 == 0);
      pipeline.decide(id, minute, ServingRole.SHADOW, i % 2 == 0);
    }
    if (i % 3 != 0) {
      pipeline.label(id, minute + 1, 1);
    }
    if (i % 5 == 0) {
      pipeline.label(id, minute + 2, 0);
    }
  }
}
