/** The at-least-once loop of every worker, and the progress that an event-time driver waits for. */
@NullMarked
package dev.weir.contracts.loop;

import org.jspecify.annotations.NullMarked;
