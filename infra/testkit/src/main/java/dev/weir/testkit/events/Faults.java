package dev.weir.testkit.events;

/**
 * How often things go wrong; each event draws for itself, the first three exclude one another.
 *
 * @param missing share of events whose label never comes
 * @param late share of events whose label comes after {@code labelWithin}
 * @param unknown share of events that are never published, while their label is
 * @param duplicate share of records, features and labels apart, that come twice
 * @param disorder records are published up to this many places early or late, over both topics
 */
public record Faults(double missing, double late, double unknown, double duplicate, int disorder) {
  public Faults {
    boolean areShares =
        missing >= 0 && late >= 0 && unknown >= 0 && duplicate >= 0 && duplicate <= 1;
    if (!areShares || !(missing + late + unknown <= 1) || disorder < 0) {
      throw new IllegalArgumentException(
          "need shares of at most 1 in all and disorder >= 0, was "
              + missing
              + ", "
              + late
              + ", "
              + unknown
              + ", "
              + duplicate
              + ", "
              + disorder);
    }
  }

  /** Returns the absence of faults. */
  public static Faults none() {
    return new Faults(0, 0, 0, 0, 0);
  }
}
