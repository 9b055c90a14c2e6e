/** Answers training requests with candidates. */
@NullMarked
package dev.weir.trainer.worker;

import org.jspecify.annotations.NullMarked;
