package dev.weir.trainer.job;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.spec.Training;

/**
 * What one child JVM is told to do.
 *
 * @param layout what stands at each position of a row
 * @param training how to train
 * @param seed seed of everything random
 */
public record JobSpec(FeatureLayout layout, Training training, long seed) {}
