/** Rows with labels to examples, examples with predictions to outcomes. */
@NullMarked
package dev.weir.pipeline.join;

import org.jspecify.annotations.NullMarked;
