package dev.weir.statistics.group;

import dev.weir.statistics.interval.EffectiveProportion;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Exact;
import dev.weir.statistics.interval.IndependentMean;
import dev.weir.statistics.interval.MonotoneEstimate;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** Rows, weights and squared weights of each outcome in each group, and the rates they make. */
final class OutcomeSums {
  private static final int NEGATIVE = mask(Outcome.TRUE_NEGATIVE, Outcome.FALSE_POSITIVE);
  private static final int POSITIVE = mask(Outcome.TRUE_POSITIVE, Outcome.FALSE_NEGATIVE);
  private static final int LABELLED = NEGATIVE | POSITIVE;
  private static final int TP = Outcome.TRUE_POSITIVE.bit();
  private static final int FP = Outcome.FALSE_POSITIVE.bit();
  private static final int TN = Outcome.TRUE_NEGATIVE.bit();
  private static final int FN = Outcome.FALSE_NEGATIVE.bit();
  private static final int UNLABELLED =
      mask(Outcome.UNLABELLED_NOT_SELECTED, Outcome.UNLABELLED_SELECTED);
  private static final int SELECTED = TP | FP | Outcome.UNLABELLED_SELECTED.bit();

  /** Which outcomes count, of which: both as masks of outcomes. */
  private record Share(int part, int whole) {}

  private static final Map<DecisionMetric, Share> SHARES =
      Map.of(
          DecisionMetric.SELECTION_RATE, new Share(SELECTED, LABELLED | UNLABELLED),
          DecisionMetric.TRUE_POSITIVE_RATE, new Share(TP, POSITIVE),
          DecisionMetric.FALSE_POSITIVE_RATE, new Share(FP, NEGATIVE),
          DecisionMetric.TRUE_NEGATIVE_RATE, new Share(TN, NEGATIVE),
          DecisionMetric.FALSE_NEGATIVE_RATE, new Share(FN, POSITIVE),
          DecisionMetric.ACCURACY, new Share(TP | TN, LABELLED),
          DecisionMetric.PRECISION, new Share(TP, TP | FP),
          DecisionMetric.RECALL, new Share(TP, POSITIVE));

  private final long[] rows;
  private final double[] weights;
  private final double[] squares;

  OutcomeSums(int groups) {
    rows = new long[groups * Outcome.COUNT];
    weights = new double[rows.length];
    squares = new double[rows.length];
  }

  /** Returns sums of which each group holds all rows but its own. */
  OutcomeSums others() {
    int groups = rows.length / Outcome.COUNT;
    OutcomeSums others = new OutcomeSums(groups);
    for (int outcome = 0; outcome < Outcome.COUNT; outcome++) {
      for (int at = outcome; at < rows.length; at += Outcome.COUNT) {
        for (int other = outcome; other < rows.length; other += Outcome.COUNT) {
          if (other != at) {
            others.rows[at] += rows[other];
            others.weights[at] += weights[other];
            others.squares[at] += squares[other];
          }
        }
      }
    }
    return others;
  }

  /** Returns the weight of the rows that a rate is a share of; 0 for what is no share. */
  double weight(DecisionMetric metric, int group) {
    Share share = SHARES.get(metric);
    return share == null ? 0 : weight(group, share.whole());
  }

  private static int mask(Outcome a, Outcome b) {
    return a.bit() | b.bit();
  }

  void add(int group, int outcome, double weight) {
    int at = group * Outcome.COUNT + outcome;
    rows[at]++;
    weights[at] += weight;
    squares[at] += weight * weight;
  }

  long rows(int group) {
    return rows(group, LABELLED | UNLABELLED);
  }

  long unlabelled(int group) {
    return rows(group, UNLABELLED);
  }

  private long rows(int group, int mask) {
    return (long) sum(group, mask, at -> rows[at]);
  }

  private static double sum(int group, int mask, IntToDoubleFunction of) {
    double sum = 0;
    for (int outcome = 0; outcome < Outcome.COUNT; outcome++) {
      if ((mask >> outcome & 1) == 1) {
        sum += of.applyAsDouble(group * Outcome.COUNT + outcome);
      }
    }
    return sum;
  }

  /** Returns the confusion matrix of the labelled rows. */
  Confusion confusion(int group) {
    return confusion(group, 0, 0);
  }

  /**
   * Returns the confusion matrix if every unlabelled row had been decided wrongly, or rightly: no
   * labels make any rate of the decisions lower, or higher, than one of the two.
   */
  Confusion extreme(int group, boolean isRight) {
    return isRight ? confusion(group, 1, 0) : confusion(group, 0, 1);
  }

  private Confusion confusion(int group, int right, int wrong) {
    double selected = weight(group, Outcome.UNLABELLED_SELECTED.bit());
    double refused = weight(group, Outcome.UNLABELLED_NOT_SELECTED.bit());
    return new Confusion(
        weight(group, TP) + right * selected,
        weight(group, FP) + wrong * selected,
        weight(group, TN) + right * refused,
        weight(group, FN) + wrong * refused,
        rows(group));
  }

  private double weight(int group, int mask) {
    return sum(group, mask, at -> weights[at]);
  }

  /** Returns the metric with its bounds; empty where it is undefined. */
  Optional<Estimate> estimate(DecisionMetric metric, int group) {
    if (metric == DecisionMetric.COUNT) {
      return Optional.of(new Exact(rows(group), rows(group)));
    }
    if (metric == DecisionMetric.F1) {
      return f1(group);
    }
    if (metric == DecisionMetric.BALANCED_ACCURACY) {
      return estimate(DecisionMetric.TRUE_POSITIVE_RATE, group)
          .flatMap(
              tpr ->
                  estimate(DecisionMetric.TRUE_NEGATIVE_RATE, group)
                      .map(tnr -> new IndependentMean(tpr, tnr)));
    }
    return Optional.ofNullable(SHARES.get(metric)).flatMap(share -> share(share, group));
  }

  /** Returns the share of positives among the labelled rows. */
  Optional<Estimate> baseRate(int group) {
    return share(new Share(POSITIVE, LABELLED), group);
  }

  /**
   * F1 grows with J = TP / (TP + FP + FN), a share of the rows that are not true negatives: F1 = 2J
   * / (1 + J).
   */
  private Optional<Estimate> f1(int group) {
    return share(new Share(TP, TP | FP | FN), group)
        .map(j -> new MonotoneEstimate(j, x -> 2 * x / (1 + x), x -> 2 / ((1 + x) * (1 + x))));
  }

  private Optional<Estimate> share(Share share, int group) {
    int rest = share.whole() & ~share.part();
    double part = weight(group, share.part());
    double other = weight(group, rest);
    return part + other > 0
        ? Optional.of(
            EffectiveProportion.weighted(
                part,
                sum(group, share.part(), at -> squares[at]),
                other,
                sum(group, rest, at -> squares[at]),
                rows(group, share.whole())))
        : Optional.empty();
  }
}
