package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One hour back: 1 the shop's last label, 2 the shop's sum, 3 seconds since its last event. */
class DerivedFeaturesTest {
  private static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          PipelineDriver.spec("user")
                  .text()
                  .replace("entity: shop", "entity: who")
                  .split("\n  - \\{name: rate", 2)[0]
              + """

                - {name: last, type: derived, aggregate: last, over: labels, by: shop, window: PT1H}
                - {name: sum, type: derived, aggregate: sum, field: amount, by: shop, window: PT1H}
                - {name: since, type: derived, aggregate: since-last, by: shop, window: PT1H}
              training: {network: {hidden: [4]}}
              triggers: {volume: {examples: 3}, drift: {}}
              """);

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = PipelineDriver.upToExamples(directory, SPEC);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void theFirstEventHasASumOfZeroAndNothingElse() {
    assertThat(derived(event("a", 0, "s", 5))).containsExactly(Float.NaN, 0, Float.NaN);
  }

  @Test
  void earlierEventsOfTheShopCountAndTiesAndLaterOnesDoNot() {
    event("a", 10, "s", 5);
    event("other", 11, "t", 50);
    event("later", 30, "s", 500);
    event("tie", 20, "s", 5000);
    assertThat(derived(event("b", 20, "s", 0))).containsExactly(Float.NaN, 5, 600);
  }

  @Test
  void anEventWithoutAShopHasNoPast() {
    event("a", 10, "s", 5);
    assertThat(derived(event("b", 20, null, 5))).containsExactly(Float.NaN, 0, Float.NaN);
  }

  @Test
  void aLabelThatDoesNotSayItsShopIsOfItsEventsShop() {
    event("a", 10, "s", 5);
    label("a", 12, 1);
    assertThat(derived(event("b", 20, "s", 0))[0]).isEqualTo(1f);
    assertThat(derived(event("c", 20, "t", 0))[0]).isNaN();
    label("early", 21, 0);
    assertThat(derived(event("d", 30, "s", 0))[0]).isEqualTo(1f);
    event("early", 15, "s", 5);
    assertThat(derived(event("e", 31, "s", 0))[0]).isEqualTo(0f);
  }

  @Test
  void aRowNeverTellsItsOwnLabelWhateverTheLabelsTime() {
    pipeline.label("a", PipelineDriver.at(5).toString(), "s", 1);
    assertThat(derived(event("a", 10, "s", 5))[0]).isNaN();
    assertThat(derived(event("b", 11, "s", 5))[0]).isEqualTo(1f);
  }

  @Test
  void aCopyOfAnEventIsCountedAndDroppedAndChangesNothing() {
    event("a", 10, "s", 5);
    send("a", 15, "s", 7);
    assertThat(pipeline.rows()).isEmpty();
    assertThat(derived(event("b", 20, "s", 0))).containsExactly(Float.NaN, 5, 600);
    assertThat(pipeline.counts()).containsEntry("duplicates", 1L).containsEntry("rows", 2L);
  }

  @Test
  void aLateEventIsComputedAsOfItsTimeAndRevisesNothing() {
    event("a", 10, "s", 5);
    event("c", 30, "s", 0);
    assertThat(derived(event("late", 20, "s", 100))).containsExactly(Float.NaN, 5, 600);
    assertThat(derived(event("d", 40, "s", 0))).containsExactly(Float.NaN, 105, 600);
  }

  @Test
  void aSumBeyondFloatsIsTheLargestOne() {
    send("a", 1, "s", 3e38);
    send("b", 2, "s", 3e38);
    send("c", 3, "s", 3e38);
    List<Row> rows = pipeline.rows();
    assertThat(derived(rows.get(2))[1]).isEqualTo(Float.MAX_VALUE);
  }

  /** Kept: window and twice labelWithin behind the ticks, 1 + 2 · 2 hours at one event a minute. */
  @Test
  void whatNoEventCanAskForIsForgottenWithTheTicks() {
    for (int minute = 0; minute < 1200; minute++) {
      send("e" + minute, minute, "s" + minute % 50, 1);
      label("e" + minute, minute, 1);
      if (minute % 10 == 0) {
        pipeline.tick(minute);
      }
    }
    Map<String, Integer> kept = pipeline.keptForFeatures();
    assertThat(kept).containsOnlyKeys("derive-events", "derive-labels", "derive-timeline");
    assertThat(kept.get("derive-events")).isBetween(300, 310);
    assertThat(kept.get("derive-labels")).isBetween(300, 310);
    // By id and by shop, each for events and labels.
    assertThat(kept.get("derive-timeline")).isBetween(4 * 300, 4 * 310);
    pipeline.tick(5000);
    assertThat(pipeline.keptForFeatures().values()).containsOnly(0);
  }

  @Test
  void oneRecordAheadForgetsNothing() {
    event("a", 10, "s", 5);
    event("ahead", 23 * 60, "s", 5);
    assertThat(derived(event("b", 20, "s", 0))).containsExactly(Float.NaN, 5, 600);
  }

  private float[] derived(Row row) {
    float[] all = row.features().toArray();
    return new float[] {all[1], all[2], all[3]};
  }

  private Row event(String id, int minute, @Nullable String shop, double amount) {
    pipeline.rows();
    send(id, minute, shop, amount);
    List<Row> rows = pipeline.rows();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private void send(String id, int minute, @Nullable String shop, double amount) {
    String shopField = shop == null ? "" : ", \"shop\": \"" + shop + "\"";
    pipeline.send(
        "user.features",
        null,
        PipelineDriver.bytes(
            "{\"id\": \""
                + id
                + "\", \"at\": \""
                + PipelineDriver.at(minute)
                + "\", \"who\": \"w\", \"amount\": "
                + amount
                + shopField
                + "}"));
  }

  /** A label that does not say its shop. */
  private void label(String id, int minute, int value) {
    String time = PipelineDriver.at(minute).toString();
    pipeline.send(
        "user.labels",
        null,
        PipelineDriver.bytes(
            "{\"id\": \"" + id + "\", \"at\": \"" + time + "\", \"late\": " + value + "}"));
  }
}
