package dev.weir.app.drift;

import dev.weir.app.drift.ColumnDrift.Difference;
import dev.weir.statistics.twosample.ChiSquare;
import dev.weir.statistics.twosample.HistogramDistance;
import dev.weir.statistics.twosample.KolmogorovSmirnov;
import dev.weir.statistics.twosample.QuantileBins;
import dev.weir.statistics.twosample.TestResult;
import dev.weir.statistics.twosample.Wasserstein;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tests of one column, not yet adjusted for the other columns. */
final class Differences {
  private static final int BINS = 10;
  private static final int FEWEST = 2;

  private Differences() {}

  /** Returns the comparison of a column; {@code reason} says why it must not be tested. */
  static ColumnDrift of(
      String column, ColumnType type, ColumnValues reference, ColumnValues current, String reason) {
    String why = reason;
    Difference values = null;
    if (why.isEmpty() && Math.min(reference.size(), current.size()) < FEWEST) {
      why = "fewer than " + FEWEST + " values in a file";
    }
    if (why.isEmpty()) {
      values = type == ColumnType.NUMBER ? numbers(reference, current) : counts(reference, current);
    }
    return new ColumnDrift(
        column,
        type,
        values,
        missing(reference, current),
        reference.size(),
        current.size(),
        reference.missing(),
        current.missing(),
        ColumnDrift.Verdict.NOT_TESTED,
        why);
  }

  private static Difference numbers(ColumnValues reference, ColumnValues current) {
    double[] r = reference.numbers();
    double[] c = current.numbers();
    QuantileBins bins = QuantileBins.isolatingTies(r, BINS);
    return difference(
        "Kolmogorov-Smirnov",
        KolmogorovSmirnov.test(r, c),
        bins.counts(r),
        bins.counts(c),
        "deciles of the reference, a repeated one in a bin of its own",
        Wasserstein.distance(r, c));
  }

  private static Difference counts(ColumnValues reference, ColumnValues current) {
    Set<String> categories = new TreeSet<>(reference.counts().keySet());
    categories.addAll(current.counts().keySet());
    long[] r = counts(reference.counts(), categories);
    long[] c = counts(current.counts(), categories);
    return difference("chi-square", ChiSquare.test(r, c), r, c, "one bin per value", Double.NaN);
  }

  private static long[] counts(Map<String, Long> counts, Set<String> categories) {
    return categories.stream().mapToLong(each -> counts.getOrDefault(each, 0L)).toArray();
  }

  private static @Nullable Difference missing(ColumnValues reference, ColumnValues current) {
    if (reference.missing() + current.missing() == 0) {
      return null;
    }
    long[] r = {reference.missing(), reference.size()};
    long[] c = {current.missing(), current.size()};
    return difference(
        "chi-square of missing", ChiSquare.test(r, c), r, c, "missing or not", Double.NaN);
  }

  private static Difference difference(
      String test,
      TestResult result,
      long[] reference,
      long[] current,
      String rule,
      double wasserstein) {
    return new Difference(
        test,
        result.statistic(),
        result.pValue(),
        result.pValue(),
        HistogramDistance.populationStability(reference, current),
        HistogramDistance.expectedPopulationStability(reference, current),
        rule,
        HistogramDistance.jensenShannon(reference, current),
        wasserstein,
        false,
        false);
  }
}
