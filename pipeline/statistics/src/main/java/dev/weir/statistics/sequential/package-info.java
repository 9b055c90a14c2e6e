/** Anytime-valid tests: evidence that may be looked at after every observation. */
@NullMarked
package dev.weir.statistics.sequential;

import org.jspecify.annotations.NullMarked;
