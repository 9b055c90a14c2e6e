package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.Estimate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupTallyTest {
  private static final byte NONE = Predictions.UNLABELLED;

  private static GroupTally oneGroup(byte[] labels, byte[] decisions) {
    Predictions rows = Predictions.of(labels, decisions, null, null);
    return GroupTally.of(rows, rows.inOrder(new int[labels.length]), 1);
  }

  /** Every way to fill in two missing labels lies between the extremes, and both are reached. */
  @Test
  void missingLabelsBoundEveryRate() {
    byte[] labels = {1, 0, 1, NONE, NONE, 0};
    byte[] decisions = {1, 1, 0, 1, 0, 0};
    GroupTally tally = oneGroup(labels, decisions);
    for (DecisionMetric metric : DecisionMetric.values()) {
      double wrong = metric.of(tally.extreme(0, false)).orElseThrow();
      double right = metric.of(tally.extreme(0, true)).orElseThrow();
      double low = 2;
      double high = 0;
      for (int fill = 0; fill < 4; fill++) {
        byte[] filled = labels.clone();
        filled[3] = (byte) (fill & 1);
        filled[4] = (byte) (fill >> 1);
        double value = metric.of(oneGroup(filled, decisions).confusion(0)).orElseThrow();
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      if (metric != DecisionMetric.COUNT) {
        assertThat(Math.min(wrong, right)).as(metric.id()).isCloseTo(low, within(1e-12));
        assertThat(Math.max(wrong, right)).as(metric.id()).isCloseTo(high, within(1e-12));
      }
    }
  }

  @Test
  void rowsWithoutALabelAreCountedAndSelected() {
    GroupTally tally = oneGroup(new byte[] {1, NONE, NONE}, new byte[] {0, 1, 1});
    assertThat(tally.unlabelled(0)).isEqualTo(2);
    assertThat(tally.metrics(0).get("selection_rate").orElseThrow().value())
        .isCloseTo(2.0 / 3, within(1e-12));
    assertThat(tally.metrics(0).get("accuracy").orElseThrow().n()).isEqualTo(1);
    assertThat(tally.metrics(0).get("true_negative_rate")).isEmpty();
  }

  @Test
  void aGroupWithoutRowsIsUndefinedInEverythingButItsCount() {
    Predictions rows =
        Predictions.of(new byte[] {1}, new byte[] {1}, new double[] {0.7}, new double[] {2});
    GroupTally tally = GroupTally.of(rows, new int[] {1}, 2);
    tally
        .metrics(0)
        .forEach((id, e) -> assertThat(e.isPresent()).as(id).isEqualTo(id.equals("count")));
  }

  /** The area and its standard error of two groups at once, with ties, are DeLong's of each. */
  @Test
  void areasAreDeLongs() {
    SplittableRandom random = new SplittableRandom(7);
    int n = 60;
    byte[] labels = new byte[n];
    double[] scores = new double[n];
    int[] codes = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (byte) random.nextInt(2);
      scores[i] = (random.nextInt(8) + labels[i]) / 10.0;
      codes[i] = i % 2;
    }
    Predictions rows = Predictions.of(labels, new byte[n], scores, null);
    GroupTally tally = GroupTally.of(rows, rows.inOrder(codes), 2);
    for (int g = 0; g < 2; g++) {
      double[] ofGroup = new double[n / 2];
      double[] itsLabels = new double[n / 2];
      for (int i = 0; i < n / 2; i++) {
        ofGroup[i] = scores[2 * i + g];
        itsLabels[i] = labels[2 * i + g];
      }
      AucEstimate expected = AucEstimate.of(ofGroup, itsLabels).orElseThrow();
      Estimate found = tally.metrics(g).get("roc_auc").orElseThrow();
      assertThat(found.value()).isCloseTo(expected.value(), within(1e-12));
      assertThat(found.standardError()).isCloseTo(expected.standardError(), within(1e-12));
    }
  }

  /** A group minus all rows, by the others, is the plain difference of the two rates. */
  @Test
  void othersGiveTheDifferenceToAllRows() {
    Predictions rows =
        Predictions.of(new byte[] {1, 1, 0, 1, 0}, new byte[] {1, 0, 0, 1, 1}, null, null);
    GroupTally tally = GroupTally.of(rows, new int[] {0, 0, 1, 1, 1}, 2);
    Others others = tally.others("selection_rate", 0).orElseThrow();
    Estimate own = tally.metrics(0).get("selection_rate").orElseThrow();
    assertThat(others.share()).isCloseTo(0.4, within(1e-12));
    assertThat(others.difference(own).value()).isCloseTo(0.5 - 0.6, within(1e-12));
    assertThat(others.ratio(own).value()).isCloseTo(0.5 / 0.6, within(1e-12));
  }
}
