package dev.weir.pipeline.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.contracts.topic.OffsetRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A history that keeps the places of five examples, in two partitions with gaps. */
class ExampleHistoryTest {
  private final Map<Long, EpochExamples> journal = new TreeMap<>();
  private final ExampleHistory history = history();

  private ExampleHistory history() {
    return new ExampleHistory(
        "examples",
        5,
        new ExampleHistory.Journal() {
          @Override
          public void put(long epoch, EpochExamples examples) {
            journal.put(epoch, examples);
          }

          @Override
          public void delete(long epoch) {
            journal.remove(epoch);
          }
        });
  }

  private static EpochExamples examples(List<ExampleRun> first, List<ExampleRun> second) {
    return new EpochExamples(new TreeMap<>(Map.of(0, first, 1, second)), new TreeMap<>());
  }

  private static ExampleRun run(long from, long count) {
    return new ExampleRun(from, count);
  }

  private static OffsetRange range(int partition, long from, long to) {
    return new OffsetRange("examples", partition, from, to);
  }

  private void threeEpochs() {
    history.add(1, examples(List.of(run(0, 4)), List.of(run(0, 2))));
    history.add(2, examples(List.of(run(10, 2), run(14, 1)), List.of(run(7, 2))));
    history.add(3, examples(List.of(run(20, 1)), List.of()));
  }

  @Test
  void allExamplesAreNamedFromTheFirstOnHoweverFewPlacesAreKept() {
    threeEpochs();
    assertThat(history.count()).isEqualTo(12);
    assertThat(history.last(12)).containsExactly(range(0, 0, 21), range(1, 0, 9));
    assertThat(history.last(99)).containsExactly(range(0, 0, 21), range(1, 0, 9));
  }

  @Test
  void theLastExamplesAreWholeEpochsAndOfTheFirstOneTheLastPartitionsFirst() {
    threeEpochs();
    assertThat(history.last(1)).containsExactly(range(0, 20, 21));
    assertThat(history.last(2)).containsExactly(range(0, 20, 21), range(1, 8, 9));
    assertThat(history.last(4)).containsExactly(range(0, 14, 21), range(1, 7, 9));
    assertThat(history.last(5)).containsExactly(range(0, 11, 21), range(1, 7, 9));
  }

  @Test
  void aCorrectionIsNoExampleAndStandsInTheRange() {
    threeEpochs();
    history.add(4, new EpochExamples(new TreeMap<>(), new TreeMap<>(Map.of(0, 30L, 1, 12L))));
    assertThat(history.count()).isEqualTo(12);
    assertThat(history.last(1)).containsExactly(range(0, 20, 31));
    assertThat(history.last(12)).containsExactly(range(0, 0, 31), range(1, 0, 13));
  }

  @Test
  void epochsThatNobodyCanAskForAreForgotten() {
    threeEpochs();
    assertThat(journal).containsOnlyKeys(2L, 3L);
    assertThatIllegalStateException()
        .isThrownBy(() -> history.last(11))
        .withMessageContaining("11");
  }

  @Test
  void aRestoredHistoryAnswersTheSame() {
    threeEpochs();
    Map<Long, EpochExamples> kept = new TreeMap<>(journal);
    ExampleHistory restored = history();
    restored.restore(history.totals(), kept);
    for (int count : Arrays.asList(1, 2, 3, 4, 5, 12)) {
      assertThat(restored.last(count)).isEqualTo(history.last(count));
    }
  }
}
