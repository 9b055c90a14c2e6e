/** What one partition tells the task that sees them all. */
@NullMarked
package dev.weir.pipeline.watch;

import org.jspecify.annotations.NullMarked;
