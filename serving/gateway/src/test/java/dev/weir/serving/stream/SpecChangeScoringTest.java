package dev.weir.serving.stream;

import static dev.weir.serving.Models.MODEL;
import static dev.weir.serving.Models.SPEC;
import static dev.weir.serving.Models.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.Models;
import dev.weir.serving.Records;
import dev.weir.serving.live.LiveModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which version scores what, while two specs of a model encode the same events. */
class SpecChangeScoringTest {
  private static final String NEXT = "digest-of-the-next-spec";

  private final Models models = new Models();
  private final Records records = new Records();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LiveModels live = new LiveModels(models.loader(), meters);
  private final StreamScorer scorer =
      new StreamScorer(Records.PREFIX, List.of(MODEL), live, () -> {}, records, meters);
  private final Deployment.Slot first = models.version(1, 0.1);
  private final Deployment.Slot second = models.version(2, 0.2, NEXT);

  @AfterEach
  void close() {
    live.close();
    assertThat(models.open).hasValue(0);
  }

  @Test
  void theChallengerScoresTheRowsOfItsSpecInShadow() throws IOException {
    live.apply(Models.deployment(1, first, second));

    score(row("a", SPEC.digest(), Origin.STREAM), row("a", NEXT, Origin.SHADOW));

    assertThat(said()).containsExactly("a CHAMPION 1", "a SHADOW 2");
    assertThat(otherSpec()).isZero();
  }

  @Test
  void eachEventIsDecidedByTheChampionOfTheSpecThatDecidesIt() throws IOException {
    live.apply(replaced());

    score(
        row("before", SPEC.digest(), Origin.STREAM),
        row("before", NEXT, Origin.SHADOW),
        row("after", NEXT, Origin.STREAM));

    assertThat(said()).containsExactlyInAnyOrder("before CHAMPION 1", "after CHAMPION 2");
  }

  @Test
  void theNextPromotionReleasesThePredecessor() throws IOException {
    live.apply(replaced());
    live.apply(Models.deployment(3, second, null));

    score(row("late", SPEC.digest(), Origin.STREAM));

    assertThat(said()).isEmpty();
    assertThat(otherSpec()).isOne();
    assertThat(models.open).hasValue(1);
  }

  @Test
  void aPredecessorWhoseFilesAreGoneDoesNotKeepTheChampionFromServing() throws IOException {
    models.remove(1);
    live.apply(replaced());

    score(row("after", NEXT, Origin.STREAM));

    assertThat(said()).containsExactly("after CHAMPION 2");
  }

  private Deployment replaced() {
    return new Deployment(
        MODEL, 2, second, null, Deployment.Change.PROMOTED, 2, "r", "test", START, null, first);
  }

  private void score(Row... rows) {
    for (Row row : rows) {
      records.with(Topics.ROWS, AvroSerde.rows().serializer().serialize("r", row));
    }
    scorer.handle(records.poll());
  }

  private List<String> said() {
    return records.sent.getOrDefault(Topics.PREDICTIONS, List.of()).stream()
        .map(value -> AvroSerde.predictions().deserializer().deserialize("p", value))
        .map(each -> each.eventId() + " " + each.role() + " " + each.version())
        .toList();
  }

  private double otherSpec() {
    return meters.counter("weir.serving.rows.other-spec", "model", MODEL).count();
  }

  private static Row row(String id, String digest, Origin origin) {
    return new Row(id, "x", START, digest, FeatureVector.of(1, 2, 3), Map.of(), origin);
  }
}
