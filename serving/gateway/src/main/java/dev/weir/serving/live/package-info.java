/** What is live: verified models, swapped while requests are in flight. */
@NullMarked
package dev.weir.serving.live;

import org.jspecify.annotations.NullMarked;
