/** Alarms and volume to training requests; what it decides on comes from one place, in order. */
@NullMarked
package dev.weir.pipeline.trigger;

import org.jspecify.annotations.NullMarked;
