package dev.weir.model.energy;

/**
 * Where electricity comes from.
 *
 * @param gramsPerKilowattHour CO₂-equivalent per kilowatt-hour, ≥ 0
 * @param powerUsageEffectiveness what the site draws per unit that its computers draw, ≥ 1
 */
public record Grid(double gramsPerKilowattHour, double powerUsageEffectiveness) {
  private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

  /** Rejects what no grid or site has. */
  public Grid {
    if (!(gramsPerKilowattHour >= 0) || !(powerUsageEffectiveness >= 1)) {
      throw new IllegalArgumentException(
          "need gramsPerKilowattHour >= 0 and powerUsageEffectiveness >= 1, were "
              + gramsPerKilowattHour
              + " and "
              + powerUsageEffectiveness);
    }
  }

  /** Returns what the computers' energy makes the site draw, in kilowatt-hours. */
  public double siteKilowattHours(double joules) {
    return joules / JOULES_PER_KILOWATT_HOUR * powerUsageEffectiveness;
  }

  /** Returns what the computers' energy emits, in grams of CO₂-equivalent. */
  public double grams(double joules) {
    return siteKilowattHours(joules) * gramsPerKilowattHour;
  }
}
