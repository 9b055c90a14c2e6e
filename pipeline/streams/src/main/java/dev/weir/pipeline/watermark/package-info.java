/** Event time of a free run: how far the inputs have come, written as ticks. */
@NullMarked
package dev.weir.pipeline.watermark;

import org.jspecify.annotations.NullMarked;
