/** Probes a candidate for what its scores do not show: energy, leaks, robustness, privacy. */
@NullMarked
package dev.weir.auditor.hazard;

import org.jspecify.annotations.NullMarked;
