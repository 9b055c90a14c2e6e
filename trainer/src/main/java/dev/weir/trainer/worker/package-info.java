/** Training requests in, candidates out. */
@NullMarked
package dev.weir.trainer.worker;

import org.jspecify.annotations.NullMarked;
