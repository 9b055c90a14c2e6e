/** Scores the rows of the stream with what is live. */
@NullMarked
package dev.weir.serving.stream;

import org.jspecify.annotations.NullMarked;
