/** Corrections of p-values for many tests at once. */
@NullMarked
package dev.weir.statistics.multiple;

import org.jspecify.annotations.NullMarked;
