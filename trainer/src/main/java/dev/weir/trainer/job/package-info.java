/** A training job in a JVM of its own. */
@NullMarked
package dev.weir.trainer.job;

import org.jspecify.annotations.NullMarked;
