/** Drift detectors over a stream of numbers. */
@NullMarked
package dev.weir.statistics.drift;

import org.jspecify.annotations.NullMarked;
