/** Tests of the training job. */
@NullMarked
package dev.weir.trainer.job;

import org.jspecify.annotations.NullMarked;
