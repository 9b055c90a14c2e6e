/** The rows that a training request names. */
@NullMarked
package dev.weir.trainer.dataset;

import org.jspecify.annotations.NullMarked;
