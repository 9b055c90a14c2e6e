package dev.weir.statistics.twosample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two histograms whose rare bins were put together, so that the chi-square distribution holds.
 *
 * <p>A bin is rare when the smaller sample is expected to have fewer than the least count in it,
 * {@code (rᵢ + cᵢ) · min(n, m) / (n + m)}. All rare bins become one, at the end; where that one is
 * still rare, the smallest of the others joins it. What is merged depends on the sums over both
 * samples only, which the test holds fixed, so merging does not bend the p-value. Bins that are
 * empty in both are dropped.
 *
 * @param reference counts of the reference per merged bin
 * @param current counts of the current sample, same bins
 * @see <a href="https://doi.org/10.2307/3001616">W. Cochran, Some Methods for Strengthening the
 *     Common χ² Tests, Biometrics 1954</a>
 */
public record MergedBins(List<Long> reference, List<Long> current) {
  /** The least expected count that Cochran's rule asks for. */
  public static final double LEAST_EXPECTED = 5;

  public MergedBins {
    reference = List.copyOf(reference);
    current = List.copyOf(current);
  }

  private record Bin(long reference, long current) {
    long both() {
      return reference + current;
    }

    Bin and(Bin other) {
      return new Bin(reference + other.reference, current + other.current);
    }
  }

  /**
   * Returns both histograms with rare bins merged.
   *
   * @param reference counts per bin, at least one &gt; 0
   * @param current counts per bin, same bins, at least one &gt; 0
   * @param leastExpected least expected count, ≥ 0
   */
  public static MergedBins of(long[] reference, long[] current, double leastExpected) {
    Samples.requireSameBins(reference, current);
    double n = Samples.total("reference", reference);
    double m = Samples.total("current", current);
    double leastSum = leastExpected * (n + m) / Math.min(n, m);
    List<Bin> kept = new ArrayList<>();
    Bin rare = new Bin(0, 0);
    for (int i = 0; i < reference.length; i++) {
      Bin bin = new Bin(reference[i], current[i]);
      if (bin.both() >= leastSum) {
        kept.add(bin);
      } else {
        rare = rare.and(bin);
      }
    }
    while (rare.both() > 0 && rare.both() < leastSum && !kept.isEmpty()) {
      Bin smallest = kept.stream().min(Comparator.comparingLong(Bin::both)).orElseThrow();
      kept.remove(smallest);
      rare = rare.and(smallest);
    }
    if (rare.both() > 0) {
      kept.add(rare);
    }
    return new MergedBins(
        kept.stream().map(Bin::reference).toList(), kept.stream().map(Bin::current).toList());
  }

  /** Returns the number of bins. */
  public int size() {
    return reference.size();
  }

  /** Returns the reference's counts. */
  public long[] referenceCounts() {
    return reference.stream().mapToLong(c -> c).toArray();
  }

  /** Returns the current sample's counts. */
  public long[] currentCounts() {
    return current.stream().mapToLong(c -> c).toArray();
  }
}
