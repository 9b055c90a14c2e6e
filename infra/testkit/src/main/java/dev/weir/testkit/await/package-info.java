/** Waiting for a condition instead of sleeping. */
@NullMarked
package dev.weir.testkit.await;

import org.jspecify.annotations.NullMarked;
