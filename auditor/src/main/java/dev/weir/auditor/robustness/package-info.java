/** How far scores and decisions move when the input is disturbed. */
@NullMarked
package dev.weir.auditor.robustness;

import org.jspecify.annotations.NullMarked;
