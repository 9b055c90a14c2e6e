/**
 * Features of what was known before an event, by event time: {@code Derive} reads arrivals in their
 * order, {@code History} keeps them, {@code Lookback} and {@code Summary} say what of it.
 */
@NullMarked
package dev.weir.pipeline.derive;

import org.jspecify.annotations.NullMarked;
