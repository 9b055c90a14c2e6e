package dev.weir.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void rowsWithoutAModelAreDecidedByTheMajorityOfTheKnownLabels() {
    Tape tape = new Tape(List.of("a", "b", "c", "d"));
    tape.take(example("a", 0, 1, 1));
    tape.take(example("b", 1, 1, 1));
    tape.take(example("c", 2, 0, 1));
    tape.take(example("d", 3, 1, 1));
    tape.take(prediction("d", 3, ServingRole.CHAMPION, 0.4, false));

    Scores scores = Scores.of(tape.labelled());

    // a by nothing known: 0, wrong; b and c by "1": right, wrong; d by the model: wrong
    assertThat(scores.all().accuracy()).isEqualTo(0.25);
    assertThat(scores.majority()).isEqualTo(0.5);
    assertThat(scores.noChange()).isEqualTo(0.25);
    assertThat(scores.served().rows()).isEqualTo(1);
    assertThat(scores.served().accuracy()).isZero();
    assertThat(scores.servedNoChange()).isZero();
    // rates by then: 1/2, 3/4, 5/6; the model's 0.4
    assertThat(scores.all().brier())
        .isCloseTo((0.25 + 0.0625 + 25.0 / 36 + 0.36) / 4, within(1e-12));
  }

  @Test
  void theFirstChampionsWordCountsAndTheLastLabel() {
    Tape tape = new Tape(List.of("a", "b"));
    tape.take(prediction("a", 0, ServingRole.SHADOW, 0.1, false));
    tape.take(prediction("a", 0, ServingRole.CHAMPION, 0.9, true));
    tape.take(prediction("a", 0, ServingRole.CHAMPION, 0.2, false));
    tape.take(example("a", 0, 1, 2));
    tape.take(example("a", 0, 0, 1));

    Tape.Labelled rows = tape.labelled();

    assertThat(rows.labels).containsExactly(1);
    assertThat(rows.probabilities).containsExactly(0.9);
    assertThat(rows.decisions).containsExactly(true);
  }

  @Test
  void anEventThatIsNotInTheFileIsAnError() {
    Tape tape = new Tape(List.of("a"));
    assertThatThrownBy(() -> tape.take(example("b", 0, 1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event b");
  }

  private static Example example(String id, int minute, double label, int revision) {
    Instant at = START.plusSeconds(60L * minute);
    Row row =
        new Row(id, id, at, "digest", FeatureVector.of(new float[] {1}), Map.of(), Origin.STREAM);
    return new Example(row, label, at.plusSeconds(59), revision);
  }

  private static Prediction prediction(
      String id, int minute, ServingRole role, double probability, boolean selected) {
    Instant at = START.plusSeconds(60L * minute);
    return new Prediction(id, at, 1, role, probability, Origin.STREAM, selected);
  }
}
