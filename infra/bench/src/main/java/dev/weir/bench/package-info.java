/** Benchmarks against other libraries, on the golden cases. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
