package dev.weir.contracts.policy;

import org.jspecify.annotations.Nullable;

/**
 * How a policy accounts for energy.
 *
 * @param limitsFrom how the figures came about from which the gates' limits in joules were set;
 *     null when limits are compared with measured and estimated figures alike
 * @param gramsPerKilowattHour CO₂-equivalent of the grid, ≥ 0
 * @param powerUsageEffectiveness what the site draws per unit that its computers draw, ≥ 1
 * @param predictions predictions over which a version's training is spread, ≥ 1
 * @param embodied the hardware's share
 */
public record EnergyTerms(
    @Nullable Method limitsFrom,
    double gramsPerKilowattHour,
    double powerUsageEffectiveness,
    long predictions,
    Embodied embodied) {
  /** Grams per kilowatt-hour of the world's average grid, as CodeCarbon 3.3 and the IEA have it. */
  public static final double WORLD_AVERAGE = 475;

  /** Predictions over which a training is spread where a policy does not say. */
  public static final long DEFAULT_PREDICTIONS = 1_000_000;

  /** What holds where a policy does not say: the world's average, no overhead, no hardware. */
  public static final EnergyTerms DEFAULT =
      new EnergyTerms(null, WORLD_AVERAGE, 1, DEFAULT_PREDICTIONS, Embodied.NONE);

  private static final double GRAMS_PER_POUND = 453.59237;
  private static final double KILOWATT_HOURS_PER_MEGAWATT_HOUR = 1000;

  /** Rejects what no grid or site has. */
  public EnergyTerms {
    if (!(gramsPerKilowattHour >= 0) || !(powerUsageEffectiveness >= 1) || predictions < 1) {
      throw new IllegalArgumentException(
          "need gramsPerKilowattHour >= 0, powerUsageEffectiveness >= 1 and predictions >= 1, were "
              + gramsPerKilowattHour
              + ", "
              + powerUsageEffectiveness
              + " and "
              + predictions);
    }
  }

  /** Returns grams per kilowatt-hour for pounds per megawatt-hour, the unit of the US EPA. */
  public static double gramsPerKilowattHour(double poundsPerMegawattHour) {
    return poundsPerMegawattHour * GRAMS_PER_POUND / KILOWATT_HOURS_PER_MEGAWATT_HOUR;
  }

  /** How a figure came about. */
  public enum Method {
    /** Read from a counter. */
    MEASURED,
    /** Computed from other quantities. */
    ESTIMATED
  }

  /**
   * What making the hardware emitted, and the part of it that a version uses.
   *
   * @param grams CO₂-equivalent of making it, ≥ 0
   * @param hours how long it is reserved for training and for the predictions, ≥ 0
   * @param lifetimeHours how long it is expected to last, &gt; 0
   * @param share reserved part of it, in [0, 1]
   */
  public record Embodied(double grams, double hours, double lifetimeHours, double share) {
    /** No hardware is accounted for. */
    public static final Embodied NONE = new Embodied(0, 0, 1, 0);

    /** Rejects shares outside [0, 1] and times below 0. */
    public Embodied {
      if (!(grams >= 0) || !(hours >= 0) || !(lifetimeHours > 0) || !(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "need grams >= 0, hours >= 0, lifetimeHours > 0 and share in [0, 1], were "
                + grams
                + ", "
                + hours
                + ", "
                + lifetimeHours
                + " and "
                + share);
      }
    }
  }
}
