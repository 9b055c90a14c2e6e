package dev.weir.contracts.spec;

/**
 * How a certified version goes live beside a champion.
 *
 * @param promoteAtEvidence e-value of "better than the champion by Brier" that promotes
 * @param mostShadowLabels labels after which an unproven challenger is rolled back
 */
public record Rollout(double promoteAtEvidence, int mostShadowLabels) {}
