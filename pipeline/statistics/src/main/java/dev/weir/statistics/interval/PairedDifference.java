package dev.weir.statistics.interval;

/**
 * The difference of two rates of the same rows, (gained − lost) / n, with Tango's score bounds,
 * corrected for continuity by half a row.
 *
 * <p>A bound is the Δ at which {@code (gained − lost − nΔ ∓ ½) / √(n (2 q + Δ (1 − Δ)))} is the
 * normal quantile, q being the share of lost rows that is likeliest if Δ is true. Rows on which
 * both agree count in n only, so few disagreements give narrow bounds; and none at all still give
 * bounds beside zero.
 *
 * <p>Tango's bounds without the correction miss up to twice as often as they promise when most
 * disagreements go one way and are rare. With it, by enumeration of every outcome for n from 30 to
 * 200, rates of disagreement from 1 % to 60 % and both directions, a bound misses at most 1.3 α of
 * the time for α ≥ 0.0125 and at most 1.6 α for α = 0.0005; mostly less than α.
 *
 * @param gained rows with a hit in the first rate and not in the second, ≥ 0; need not be whole
 * @param lost rows with a hit in the second and not in the first, ≥ 0
 * @param rows all rows, ≥ gained + lost, &gt; 0
 * @see <a
 *     href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C891::AID-SIM780%3E3.0.CO;2-B">T.
 *     Tango, Equivalence Test and Confidence Interval for the Difference in Proportions for the
 *     Paired-Sample Design, 1998</a>
 */
public record PairedDifference(double gained, double lost, double rows) implements Estimate {
  private static final double CORRECTION = 0.5;
  private static final double PRECISION = 1e-12;

  public PairedDifference {
    if (!(gained >= 0 && lost >= 0 && rows > 0 && gained + lost <= rows * (1 + PRECISION))) {
      throw new IllegalArgumentException(
          "need gained and lost >= 0, rows > 0 and gained + lost <= rows, were "
              + gained
              + ", "
              + lost
              + " and "
              + rows);
    }
  }

  @Override
  public double value() {
    return (gained - lost) / rows;
  }

  @Override
  public double standardError() {
    double d = value();
    return Math.sqrt(Math.max(0, (gained + lost) / rows - d * d) / rows);
  }

  @Override
  public double lower(double alpha) {
    return lower(EffectiveProportion.z(alpha), CORRECTION);
  }

  @Override
  public double upper(double alpha) {
    return upper(EffectiveProportion.z(alpha), CORRECTION);
  }

  @Override
  public long n() {
    return Math.round(rows);
  }

  @Override
  public PairedDifference projected(double factor) {
    return new PairedDifference(gained * factor, lost * factor, rows * factor);
  }

  double upper(double z, double correction) {
    return -new PairedDifference(lost, gained, rows).lower(z, correction);
  }

  /** Halves [−1, value], over which the score falls. */
  double lower(double z, double correction) {
    double low = -1;
    double high = value();
    while (high - low > PRECISION) {
      double middle = (low + high) / 2;
      boolean isBelow = score(middle, correction) > z;
      low = isBelow ? middle : low;
      high = isBelow ? high : middle;
    }
    return low;
  }

  /** Returns the corrected distance of the observed difference from a smaller one. */
  private double score(double difference, double correction) {
    double distance = gained - lost - rows * difference - correction;
    double variance = rows * (2 * lostShare(difference) + difference * (1 - difference));
    return distance <= 0 ? 0 : distance / Math.sqrt(Math.max(0, variance));
  }

  /** Returns the likeliest share of lost rows under a difference: the root of A q² + B q + C. */
  private double lostShare(double difference) {
    double a = 2 * rows;
    double b = -gained - lost + (2 * rows - gained + lost) * difference;
    double c = -lost * difference * (1 - difference);
    return (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  }
}
