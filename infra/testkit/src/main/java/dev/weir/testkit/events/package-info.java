/** Streams of user events and labels with a known truth, drift and faults, by seed. */
@NullMarked
package dev.weir.testkit.events;

import org.jspecify.annotations.NullMarked;
