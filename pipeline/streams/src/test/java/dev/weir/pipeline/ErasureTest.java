package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletion on request: tombstones of {@code events.erasures}; the entity of an event is a shop. */
class ErasureTest {
  private static final int WITHIN = 120;

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    String events = "onExpiry: {label: 0}\n  erasures: {topic: user.shops}";
    pipeline = PipelineDriver.of(directory, PipelineDriver.spec("user", events));
    // Erasures are never ahead of the clock.
    pipeline.clock().advance(Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aTombstoneRemovesAllThatIsOpenOfItsEntityAndNothingElse() {
    feature("gone", 0, "closed");
    feature("other", 0, "open");
    erase("closed", 10);
    pipeline.label("gone", 20, 1);
    pipeline.label("gone", 20, 1);
    pipeline.label("other", 20, 1);
    pipeline.tick(2 * WITHIN);
    assertThat(pipeline.examples()).extracting(Example::eventId).containsExactly("other");
    assertThat(pipeline.counts())
        .containsEntry("erased", 1L)
        .containsEntry("erasedLabels", 2L)
        .doesNotContainKeys("silent", "expired");
  }

  @Test
  void anEventOfBeforeThatComesLaterIsErasedTooAndALaterOneIsNot() {
    erase("closed", 10);
    pipeline.label("early", 5, 1);
    feature("early", 5, "closed");
    feature("again", 11, "closed");
    pipeline.label("again", 20, 1);
    assertThat(pipeline.examples()).extracting(Example::eventId).containsExactly("again");
    assertThat(pipeline.counts()).containsEntry("erased", 1L).containsEntry("erasedLabels", 1L);
  }

  @Test
  void whatIsAnExampleAlreadyStaysButIsCorrectedNoMore() {
    feature("a", 0, "closed");
    pipeline.tick(WITHIN + 1);
    erase("closed", WITHIN + 2);
    pipeline.label("a", WITHIN + 3, 1);
    assertThat(pipeline.examples()).extracting(Example::revision).containsExactly(1);
    assertThat(pipeline.counts()).containsEntry("erasedLabels", 1L).doesNotContainKey("erased");
  }

  @Test
  void noOutcomeFollowsAnErasure() {
    feature("a", 0, "closed");
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    pipeline.label("a", 10, 1);
    assertThat(pipeline.read(Topics.OUTCOMES)).hasSize(1);
    erase("closed", 20);
    pipeline.predict("a", 2, ServingRole.SHADOW, 0.7);
    assertThat(pipeline.read(Topics.OUTCOMES)).isEmpty();
  }

  @Test
  void predictionsOfAnErasedEventAreNotKeptWhateverComesFirst() {
    erase("closed", 10);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    assertThat(pipeline.sizes("outcome-predictions")).containsValue(1);
    feature("a", 0, "closed");
    assertThat(pipeline.sizes("outcome-predictions"))
        .containsOnlyKeys("outcome-predictions")
        .containsValue(0);
    pipeline.predict("a", 2, ServingRole.SHADOW, 0.7);
    assertThat(pipeline.sizes("outcome-predictions")).containsValue(0);
    assertThat(pipeline.counts()).containsEntry("latePredictions", 1L);
  }

  @Test
  void nothingOfTheEntityIsKeptAtOnceAndNothingAtAllInTheEnd() {
    feature("a", 0, "closed");
    pipeline.label("a", 10, 1);
    feature("b", 0, "closed");
    erase("closed", 20);
    assertThat(pipeline.openInJoin()).containsEntry("join-entity-events", 0);
    pipeline.tick(1000);
    assertThat(pipeline.openInJoin()).allSatisfy((name, size) -> assertThat(size).isZero());
  }

  @Test
  void recordsWithAValueAndEntitiesThatBeginAlikeAreLeftAlone() {
    feature("a", 0, "closed");
    pipeline.send("user.shops", tombstone("closed", "still there", 5));
    erase("clos", 10);
    pipeline.label("a", 20, 1);
    assertThat(pipeline.examples()).hasSize(1);
  }

  @Test
  void aTombstoneWithoutAKeyIsADeadLetter() {
    pipeline.send("user.shops", new TestRecord<>(null, null, PipelineDriver.at(5)));
    assertThat(pipeline.read(Topics.DEAD_LETTERS))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(new String(letter.headers().lastHeader("weir.message").value()))
                    .contains("entity's id as its key"));
    assertThat(pipeline.counts()).containsEntry("deadLetters.MISSING_FIELD", 1L);
  }

  @Test
  void derivedFeaturesForgetWhatWasErased() {
    feature("gone", 0, "closed");
    pipeline.label("gone", 10, 1);
    feature("before", 20, "open");
    assertThat(rate()).isEqualTo(2f / 3);
    erase("closed", 25);
    feature("after", 30, "open");
    assertThat(rate()).as("as if no label were known").isEqualTo(0.5f);
    assertThat(pipeline.keptForFeatures()).containsEntry("derive-labels", 0);
  }

  @Test
  void norDoTheySeeEventsOrLabelsOfBeforeThatComeLater() {
    erase("closed", 25);
    pipeline.label("label first", 10, 1);
    feature("label first", 5, "closed");
    feature("event first", 5, "closed");
    pipeline.label("event first", 12, 1);
    feature("after", 30, "open");
    assertThat(rate()).isEqualTo(0.5f);
    feature("anew", 31, "closed");
    pipeline.label("anew", 32, 1);
    feature("later", 33, "open");
    assertThat(rate()).isEqualTo(2f / 3);
    pipeline.tick(1000);
    assertThat(pipeline.keptForFeatures()).allSatisfy((name, size) -> assertThat(size).isZero());
  }

  /** Returns the feature {@code rate} of the last row: (labels + 2 · 0.5) / (count + 2). */
  private float rate() {
    List<Row> rows = pipeline.rows();
    return rows.get(rows.size() - 1).features().get(1);
  }

  private void feature(String id, int minute, String shop) {
    pipeline.feature(id, PipelineDriver.at(minute).toString(), shop);
  }

  private void erase(String shop, int minute) {
    pipeline.send("user.shops", tombstone(shop, null, minute));
  }

  private static TestRecord<byte[], byte[]> tombstone(String shop, String value, int minute) {
    byte[] bytes = value == null ? null : PipelineDriver.bytes(value);
    return new TestRecord<>(PipelineDriver.bytes(shop), bytes, PipelineDriver.at(minute));
  }
}
