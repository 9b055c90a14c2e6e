/**
 * What happens between two ticks, over all partitions: ticks and champions are broadcast, what each
 * partition saw comes back, and when all have ended an epoch the monitors and the trigger see it.
 */
@NullMarked
package dev.weir.pipeline.epoch;

import org.jspecify.annotations.NullMarked;
