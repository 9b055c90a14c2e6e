package dev.weir.model.energy;

/**
 * Software carbon intensity, {@code SCI = (E · I + M) per R}: what one functional unit emits,
 * operation and hardware together.
 *
 * @see <a href="https://sci.greensoftware.foundation/">Green Software Foundation, SCI Specification
 *     1.1.0 (ISO/IEC 21031)</a>
 */
public final class SoftwareCarbonIntensity {
  private SoftwareCarbonIntensity() {}

  /**
   * Returns {@code (E · I + M) / R} in grams of CO₂-equivalent per functional unit.
   *
   * @param joules energy of the computers, E, ≥ 0
   * @param grid gives I and the site's overhead on E
   * @param embodiedGrams the hardware's share, M, ≥ 0
   * @param units functional units that energy and hardware served, R, &gt; 0
   */
  public static double of(double joules, Grid grid, double embodiedGrams, double units) {
    if (!(joules >= 0) || !(embodiedGrams >= 0) || !(units > 0)) {
      throw new IllegalArgumentException(
          "need joules >= 0, embodiedGrams >= 0 and units > 0, were "
              + joules
              + ", "
              + embodiedGrams
              + " and "
              + units);
    }
    return (grid.grams(joules) + embodiedGrams) / units;
  }

  /**
   * Returns {@code M = TE · (TiR / EL) · (RR / ToR)} in grams of CO₂-equivalent.
   *
   * @param totalGrams what making the hardware emitted, TE, ≥ 0
   * @param hours how long it is reserved, TiR, ≥ 0
   * @param lifetimeHours how long it is expected to last, EL, &gt; 0
   * @param share reserved part of it, RR / ToR, in [0, 1]
   */
  public static double embodiedGrams(
      double totalGrams, double hours, double lifetimeHours, double share) {
    if (!(totalGrams >= 0)
        || !(hours >= 0)
        || !(lifetimeHours > 0)
        || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "need totalGrams >= 0, hours >= 0, lifetimeHours > 0 and share in [0, 1], were "
              + totalGrams
              + ", "
              + hours
              + ", "
              + lifetimeHours
              + " and "
              + share);
    }
    return totalGrams * (hours / lifetimeHours) * share;
  }
}
