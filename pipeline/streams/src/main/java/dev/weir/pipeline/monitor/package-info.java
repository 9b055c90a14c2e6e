/** Outcomes of the champion to alarms. */
@NullMarked
package dev.weir.pipeline.monitor;

import org.jspecify.annotations.NullMarked;
