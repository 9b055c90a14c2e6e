package dev.weir.auditor.pair;

import dev.weir.auditor.evidence.CappedSample;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.RowSample;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.ExactProportion;
import dev.weir.statistics.interval.SkewedMean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How far a candidate explains rows otherwise than its parent does.
 *
 * <p>The shift of a row is {@code Σⱼ |φⱼ − φ′ⱼ| / Σⱼ (|φⱼ| + |φ′ⱼ|)}, φ and φ′ the attributions of
 * candidate and parent: 0 when they are the same, 1 when no feature has a part of the same sign in
 * both; two rows of zeros are the same. A group's shift is the mean over its rows, at most as many
 * as the policy explains, drawn by the seed; its spread is taken from them and from two more, one
 * without a shift and one with the largest. Where no sampled row shifts, the bounds are those of a
 * share that no row has: the mean of what lies in [0, 1] is at most the share that is above 0.
 *
 * @see <a href="https://doi.org/10.2307/1942268">J. R. Bray, J. T. Curtis, An Ordination of the
 *     Upland Forest Communities of Southern Wisconsin, 1957, whose dissimilarity this is</a>
 */
public final class AttributionShifts {
  /** Rows explained of a group, at least, where it has so many: a gate needs them. */
  static final int FEWEST_ROWS = 30;

  /** Groups of a grouping whose rows are explained. */
  static final int MOST_GROUPS = 20;

  private final IntFunction<double[]> candidate;
  private final IntFunction<double[]> parent;
  private final int mostRows;
  private final long seed;
  private final Map<Integer, Double> known = new HashMap<>();

  /**
   * Creates shifts that are computed when they are asked for.
   *
   * @param candidate gives the candidate's attributions of a row by its number, shape [F]
   * @param parent the parent's of the same row
   * @param mostRows rows of a group that are explained, taken as {@value #FEWEST_ROWS} if fewer
   * @param seed draws the rows
   */
  public AttributionShifts(
      IntFunction<double[]> candidate, IntFunction<double[]> parent, int mostRows, long seed) {
    this.candidate = candidate;
    this.parent = parent;
    this.mostRows = Math.max(FEWEST_ROWS, mostRows);
    this.seed = seed;
  }

  /** Returns the mean shift in a group; empty where it has fewer than two rows. */
  Optional<Estimate> of(Grouping grouping, int group) {
    int[] members =
        IntStream.range(0, grouping.codes().length)
            .filter(row -> grouping.codes()[row] == group)
            .toArray();
    if (members.length < 2) {
      return Optional.empty();
    }
    double[] shifts =
        Arrays.stream(RowSample.of(members.length, mostRows, seed))
            .mapToDouble(i -> known.computeIfAbsent(members[i], this::shift))
            .toArray();
    return Optional.of(new CappedSample(estimate(shifts), mostRows));
  }

  /** Returns how many rows of a group of that size are explained. */
  long explained(long members) {
    return Math.min(members, mostRows);
  }

  private static Estimate estimate(double[] shifts) {
    double largest = Arrays.stream(shifts).max().orElse(0);
    return largest == 0
        ? new ExactProportion(0, shifts.length)
        : SkewedMean.steadied(shifts, 0, largest);
  }

  private double shift(int row) {
    return shift(candidate.apply(row), parent.apply(row));
  }

  static double shift(double[] candidate, double[] parent) {
    double apart = 0;
    double both = 0;
    for (int j = 0; j < candidate.length; j++) {
      apart += Math.abs(candidate[j] - parent[j]);
      both += Math.abs(candidate[j]) + Math.abs(parent[j]);
    }
    return both == 0 ? 0 : apart / both;
  }
}
