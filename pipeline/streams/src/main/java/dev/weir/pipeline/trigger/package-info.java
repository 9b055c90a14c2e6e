/** Alarms and volume to training requests. */
@NullMarked
package dev.weir.pipeline.trigger;

import org.jspecify.annotations.NullMarked;
