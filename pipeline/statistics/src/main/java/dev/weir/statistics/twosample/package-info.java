/** Distances and tests between a reference sample and a current one. */
@NullMarked
package dev.weir.statistics.twosample;

import org.jspecify.annotations.NullMarked;
