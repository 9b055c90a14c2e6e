/** Dead letters as an operator sees them, and their way back. */
@NullMarked
package dev.weir.app.deadletter;

import org.jspecify.annotations.NullMarked;
