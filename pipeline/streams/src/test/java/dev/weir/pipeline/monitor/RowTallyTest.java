package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.reference.ReferenceProfile;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowTallyTest {
  private static final ReferenceProfile REFERENCE = Watching.reference(1);
  private static final int PREDICTION = 3;

  private static RowCounter counted(long seed, int events) {
    RowCounter counter = new RowCounter(1, REFERENCE);
    Watching stream = new Watching(seed, 1);
    for (int i = 0; i < events; i++) {
      Watching.Seen seen = stream.event(Watching.Shape.PLAIN.gaps(0.2, 0.2).amounts(3));
      counter.row(seen.features());
      counter.prediction(seen.outcome().probability());
      counter.label(seen.outcome().eventTime(), seen.outcome().labelTime());
    }
    return counter;
  }

  @Test
  void everyValueIsInABinOrMissing() {
    RowTally tally = counted(2, 1000).tally();
    assertThat(tally.rows()).isEqualTo(1000);
    assertThat(tally.labels()).isEqualTo(1000);
    assertThat(tally.predictions()).isEqualTo(1000);
    assertThat(tally.variables()).isEqualTo(4);
    for (int i = 0; i < tally.variables(); i++) {
      assertThat(Arrays.stream(tally.counts(i)).sum() + tally.missing(i)).isEqualTo(1000);
    }
    assertThat(tally.missing(0)).isBetween(150L, 250L);
    assertThat(tally.counts(1)[0]).isBetween(150L, 250L);
    assertThat(tally.outside(0)).isPositive();
    assertThat(tally.outside(PREDICTION)).isPositive();
  }

  @Test
  void sumsDoNotDependOnTheOrder() {
    byte[] first = RowTally.of(1, REFERENCE).toBytes();
    RowTally forth = RowTally.fromBytes(first);
    RowTally back = RowTally.fromBytes(first);
    for (int i = 0; i < 8; i++) {
      forth.add(counted(i, 50 * i).tally());
      back.add(counted(7 - i, 50 * (7 - i)).tally());
    }
    assertThat(forth.toBytes()).isEqualTo(back.toBytes());
    assertThat(forth.rows()).isEqualTo(50 * 28);
  }

  @Test
  void withoutAProfileRowsAndLabelsAreCounted() {
    RowCounter counter = new RowCounter(0, null);
    counter.row(FeatureVector.of(1, 2, 3));
    counter.prediction(0.5);
    counter.label(Watching.START, Watching.START.plus(Duration.ofMinutes(3)));
    RowTally tally = RowTally.fromBytes(counter.tally().toBytes());
    assertThat(tally.rows()).isOne();
    assertThat(tally.predictions()).isZero();
    assertThat(tally.variables()).isZero();
    assertThat(tally.labelDelays()[LabelDelays.bin(Duration.ofMinutes(3))]).isOne();
  }

  @Test
  void talliesOfOtherVersionsOrBinsAreRefused() {
    RowTally tally = RowTally.of(1, REFERENCE);
    assertThatIllegalArgumentException().isThrownBy(() -> tally.add(RowTally.of(2, REFERENCE)));
    assertThatIllegalArgumentException().isThrownBy(() -> tally.add(RowTally.of(1, null)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowTally.fromBytes(new byte[] {0, 0, 0, 1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowCounter(1, REFERENCE).row(FeatureVector.of(1)));
  }
}
