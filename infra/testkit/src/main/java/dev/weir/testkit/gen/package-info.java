/** Seeded random cases for property tests. */
@NullMarked
package dev.weir.testkit.gen;

import org.jspecify.annotations.NullMarked;
