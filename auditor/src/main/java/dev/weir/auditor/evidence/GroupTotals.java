package dev.weir.auditor.evidence;

import dev.weir.statistics.interval.Moments;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.statistics.interval.SkewedMean;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Moments of a quantity by group, and of each group's others, in one pass over the rows and one
 * over the groups. Rows without a group are on neither side.
 */
public final class GroupTotals {
  private final Moments[] moments;
  private long rows;

  private GroupTotals(int groups) {
    this.moments = new Moments[groups];
    for (int group = 0; group < groups; group++) {
      moments[group] = new Moments();
    }
  }

  /** Returns the totals of {@code value} over the rows that {@code which} takes. */
  public static GroupTotals of(Grouping grouping, IntPredicate which, IntToDoubleFunction value) {
    GroupTotals totals = new GroupTotals(grouping.values().size());
    int[] codes = grouping.codes();
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] >= 0 && which.test(row)) {
        totals.moments[codes[row]].add(value.applyAsDouble(row));
        totals.rows++;
      }
    }
    return totals;
  }

  /** Returns the number of groups, K. */
  public int groups() {
    return moments.length;
  }

  /** Returns the rows of a group that were taken. */
  public long n(int group) {
    return moments[group].n();
  }

  /** Returns the rows of all other groups that were taken. */
  public long others(int group) {
    return rows - n(group);
  }

  /** Returns the plain mean of a group that has a row. */
  public double average(int group) {
    return moments[group].mean();
  }

  /** Returns the group's mean; it needs two rows. */
  public SkewedMean mean(int group) {
    return moments[group].estimate();
  }

  /** Returns the mean over all other groups; they need two rows. */
  SkewedMean meanOfOthers(int group) {
    Moments others = new Moments();
    for (int other = 0; other < moments.length; other++) {
      if (other != group) {
        others.add(moments[other]);
      }
    }
    return others.estimate();
  }

  /** Returns the share of a quantity that is 0 or 1; the group needs a row. */
  public ProportionEstimate share(int group) {
    return new ProportionEstimate(hits(group), n(group));
  }

  /** Returns the share over all other groups; they need a row. */
  public ProportionEstimate shareOfOthers(int group) {
    long hits = 0;
    for (int other = 0; other < moments.length; other++) {
      hits += other == group ? 0 : hits(other);
    }
    return new ProportionEstimate(hits, others(group));
  }

  private long hits(int group) {
    return Math.round(moments[group].mean() * n(group));
  }

  /** Returns the correlation of estimates that share no row. */
  public double[][] correlationOfGroups() {
    return GateEvidence.identity(groups());
  }

  /**
   * Returns the correlation of the differences dₖ = mean(k) − mean(others of k). As dₖ = Σ cₖₕ
   * mean(h) with cₖₖ = 1 and cₖₕ = −nₕ / (N − nₖ), it is that of {@code C V Cᵀ}, V the variances of
   * the groups' means. Differences without variance are taken as independent.
   */
  public double[][] correlationOfDifferences() {
    return correlation(this::ofDifference);
  }

  /**
   * Returns the correlation of log mean(k) − log mean(others of k) by the delta method: the
   * coefficients of the differences, each over its side's mean.
   */
  double[][] correlationOfRatios() {
    return correlation(this::ofRatio);
  }

  private double[][] correlation(Coefficient coefficient) {
    int k = groups();
    double[][] covariance = new double[k][k];
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < k; b++) {
        for (int h = 0; h < k; h++) {
          covariance[a][b] +=
              coefficient.of(a, h) * coefficient.of(b, h) * moments[h].varianceOfMean();
        }
      }
    }
    double[][] r = correlationOfGroups();
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < k; b++) {
        double scale = Math.sqrt(covariance[a][a] * covariance[b][b]);
        if (a != b && scale > 0) {
          r[a][b] = Math.max(-1, Math.min(1, covariance[a][b] / scale));
        }
      }
    }
    return r;
  }

  private double ofDifference(int group, int other) {
    if (group == other) {
      return 1;
    }
    return others(group) == 0 ? 0 : -(double) n(other) / others(group);
  }

  private double ofRatio(int group, int other) {
    double mean = group == other ? average(group) : averageOfOthers(group);
    return mean > 0 ? ofDifference(group, other) / mean : 0;
  }

  private double averageOfOthers(int group) {
    return others(group) == 0 ? 0 : shareOfOthers(group).value();
  }

  /** By how much a group's mean enters a comparison of another group, or of itself. */
  private interface Coefficient {
    double of(int group, int other);
  }
}
