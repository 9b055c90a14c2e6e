/** Corrections for many tests, and bounds, at once. */
@NullMarked
package dev.weir.statistics.multiple;

import org.jspecify.annotations.NullMarked;
