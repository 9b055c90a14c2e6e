/** Explanations of a model by its scores alone. */
@NullMarked
package dev.weir.model.explain;

import org.jspecify.annotations.NullMarked;
