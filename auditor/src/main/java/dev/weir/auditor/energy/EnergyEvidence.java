package dev.weir.auditor.energy;

import dev.weir.contracts.policy.EnergyTerms;
import org.jspecify.annotations.Nullable;

/**
 * What candidate and champion take.
 *
 * @param candidate what the candidate takes
 * @param champion null while there is none
 * @param terms what grams were computed from
 * @param gramsPerThousandPredictions software carbon intensity of the candidate, in grams of
 *     CO₂-equivalent; null when no row was scored
 */
public record EnergyEvidence(
    VersionEnergy candidate,
    @Nullable VersionEnergy champion,
    EnergyTerms terms,
    @Nullable Double gramsPerThousandPredictions) {}
