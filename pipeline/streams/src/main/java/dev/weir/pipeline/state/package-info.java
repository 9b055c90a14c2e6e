/** What the processors keep: counters and records ordered by time. */
@NullMarked
package dev.weir.pipeline.state;

import org.jspecify.annotations.NullMarked;
