package dev.weir.model.energy;

import dev.weir.model.artifact.ModelManifest.EnergyMethod;

/**
 * Energy of scoring, found by running the artifact.
 *
 * @param joulesPerThousand joules per 1,000 predictions
 * @param standardError of {@code joulesPerThousand}, from the spread of CPU time over the rounds;
 *     it does not cover what the method leaves out
 * @param rounds rounds that were measured, ≥ 2
 * @param wholeMachineJoulesPerThousand the same if all of the machine were billed for the elapsed
 *     time: the upper end of what an estimate may have left out
 * @param predictions predictions in all rounds
 * @param cpuSeconds CPU time of all rounds
 * @param method how the joules came about
 * @param scope what they cover, in words
 */
public record ScoringEnergy(
    double joulesPerThousand,
    double standardError,
    int rounds,
    double wholeMachineJoulesPerThousand,
    long predictions,
    double cpuSeconds,
    EnergyMethod method,
    String scope) {}
