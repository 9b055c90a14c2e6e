package dev.weir.pipeline.monitor;

import dev.weir.statistics.twosample.ChiSquare;
import dev.weir.statistics.twosample.HistogramDistance;
import dev.weir.statistics.twosample.MergedBins;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a histogram differs from that of before: whether by more than chance, and by how much. Rare
 * bins are merged first ({@link MergedBins}), so that the chi-square distribution holds and neither
 * number hangs on a bin with two rows.
 *
 * <p>The effect is the population stability index above what chance gives. It is about 0 without a
 * change, whatever the number of bins and rows, which a plain PSI, Jensen–Shannon distance or
 * Cramér's V is not; and 0.1 and 0.25 are what practitioners call a moderate and a large shift.
 *
 * @param p chi-square test's p-value
 * @param psi population stability index over the merged bins, in nats
 * @param byChance what it is about without a change
 * @param bins merged bins
 * @param before values before
 * @param now values now
 */
record Change(double p, double psi, double byChance, int bins, long before, long now) {
  /** Returns the change; empty where a side has no value, or all fall into one merged bin. */
  static Optional<Change> of(long[] before, long[] now) {
    long n = Arrays.stream(before).sum();
    long m = Arrays.stream(now).sum();
    if (n == 0 || m == 0) {
      return Optional.empty();
    }
    MergedBins merged = MergedBins.of(before, now, MergedBins.LEAST_EXPECTED);
    if (merged.size() < 2) {
      return Optional.empty();
    }
    long[] reference = merged.referenceCounts();
    long[] current = merged.currentCounts();
    return Optional.of(
        new Change(
            ChiSquare.test(reference, current).pValue(),
            HistogramDistance.populationStability(reference, current),
            HistogramDistance.expectedPopulationStability(reference, current),
            merged.size(),
            n,
            m));
  }

  /** Returns the effect: PSI above what chance gives, in nats. */
  double excess() {
    return psi - byChance;
  }

  /** Returns the numbers for a signal. */
  Facts facts() {
    return new Facts()
        .with("p", p)
        .with("psi", psi)
        .with("psiWithoutDrift", byChance)
        .with("excess", excess())
        .with("bins", bins)
        .with("referenceRows", before)
        .with("liveRows", now);
  }
}
