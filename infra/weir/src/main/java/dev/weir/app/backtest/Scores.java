package dev.weir.app.backtest;

import dev.weir.statistics.prequential.BinaryScores;
import dev.weir.statistics.prequential.KnownLabels;
import java.util.stream.IntStream;

/**
 * Prequential scores beside those of the rules that a model has to beat.
 *
 * <p>A row without a model is decided by the majority of the labels known at its event time, with
 * their rate as its probability, so that the whole file is scored as peers score theirs.
 *
 * @param all of all labelled rows
 * @param served of those that a version decided
 * @param noChange accuracy of the last known label, over all rows
 * @param majority accuracy of the majority of the known labels, over all rows
 * @param servedNoChange accuracy of the last known label over the served rows
 */
record Scores(
    BinaryScores all,
    BinaryScores served,
    double noChange,
    double majority,
    double servedNoChange) {

  static Scores of(Tape.Labelled rows) {
    KnownLabels known = KnownLabels.of(rows.eventMillis, rows.labelMillis, rows.labels);
    int n = rows.labels.length;
    double[] probabilities = rows.probabilities.clone();
    boolean[] decisions = rows.decisions.clone();
    boolean[] noChange = new boolean[n];
    boolean[] majority = new boolean[n];
    for (int i = 0; i < n; i++) {
      noChange[i] = known.last()[i] == 1;
      majority[i] = known.isMajorityOne(i);
      if (rows.versions[i] == 0) {
        decisions[i] = majority[i];
        probabilities[i] = known.rate(i);
      }
    }
    int[] every = IntStream.range(0, n).toArray();
    int[] served = IntStream.range(0, n).filter(i -> rows.versions[i] > 0).toArray();
    return new Scores(
        BinaryScores.of(decisions, probabilities, rows.labels),
        of(rows, served),
        accuracy(noChange, rows.labels, every),
        accuracy(majority, rows.labels, every),
        accuracy(noChange, rows.labels, served));
  }

  private static BinaryScores of(Tape.Labelled rows, int[] at) {
    boolean[] decisions = new boolean[at.length];
    double[] probabilities = new double[at.length];
    double[] labels = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      decisions[i] = rows.decisions[at[i]];
      probabilities[i] = rows.probabilities[at[i]];
      labels[i] = rows.labels[at[i]];
    }
    return BinaryScores.of(decisions, probabilities, labels);
  }

  private static double accuracy(boolean[] decisions, double[] labels, int[] at) {
    int right = 0;
    for (int i : at) {
      right += decisions[i] == (labels[i] == 1) ? 1 : 0;
    }
    return (double) right / at.length;
  }
}
