package dev.weir.model.explain.quality;

import dev.weir.statistics.interval.MeanEstimate;
import org.jspecify.annotations.Nullable;

/**
 * How far explanations of some rows can be trusted. A figure that cannot be had is null: there were
 * fewer than two rows that have it.
 *
 * @param rows the rows explained
 * @param largestAdditivityGap the largest {@code |prediction − base value − Σ φ|}, ≥ 0, in units of
 *     the output
 * @param deletionGain how much lower the area under the deletion curve is when features are removed
 *     by falling contribution than in random order, in units of the output: 0 for an explanation
 *     that knows nothing, higher is more faithful
 * @param backgroundChange {@code ‖φ′ − φ‖₂ / ‖φ‖₂} under a background drawn anew from its own rows,
 *     ≥ 0; 0 is perfectly stable
 * @param noiseChange the same under small noise on the row's numbers
 */
public record ExplanationQuality(
    int rows,
    double largestAdditivityGap,
    @Nullable MeanEstimate deletionGain,
    @Nullable MeanEstimate backgroundChange,
    @Nullable MeanEstimate noiseChange) {}
