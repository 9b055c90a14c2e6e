/** Estimates with one-sided confidence bounds. */
@NullMarked
package dev.weir.statistics.interval;

import org.jspecify.annotations.NullMarked;
