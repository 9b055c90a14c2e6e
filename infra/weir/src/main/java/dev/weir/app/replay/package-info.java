/** What a replay of the past needs, whatever is replayed: its records by tick, its story. */
@NullMarked
package dev.weir.app.replay;

import org.jspecify.annotations.NullMarked;
