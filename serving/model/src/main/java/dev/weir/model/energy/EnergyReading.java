package dev.weir.model.energy;

import dev.weir.model.artifact.ModelManifest.EnergyMethod;

/**
 * An amount of energy and how it is known.
 *
 * @param joules energy, ≥ 0
 * @param scope what it covers, in words
 */
public record EnergyReading(double joules, EnergyMethod method, String scope) {
  /** Rejects a negative or undefined amount. */
  public EnergyReading {
    if (!(joules >= 0)) {
      throw new IllegalArgumentException("joules must be >= 0, was " + joules);
    }
  }
}
