/** How a user's record becomes the JSON object that the spec speaks of, and its label. */
@NullMarked
package dev.weir.pipeline.decode;

import org.jspecify.annotations.NullMarked;
