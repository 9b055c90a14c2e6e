/** Optimizers on NDArrays, closeable. */
@NullMarked
package dev.weir.trainer.optim;

import org.jspecify.annotations.NullMarked;
