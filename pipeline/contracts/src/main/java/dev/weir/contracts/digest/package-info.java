/** Digests and the deterministic partition of rows into training and hold-out. */
@NullMarked
package dev.weir.contracts.digest;

import org.jspecify.annotations.NullMarked;
