/** Tests of the worker. */
@NullMarked
package dev.weir.trainer.worker;

import org.jspecify.annotations.NullMarked;
