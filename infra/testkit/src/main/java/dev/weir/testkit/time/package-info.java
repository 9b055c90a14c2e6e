/** Time that stands still until a test moves it. */
@NullMarked
package dev.weir.testkit.time;

import org.jspecify.annotations.NullMarked;
