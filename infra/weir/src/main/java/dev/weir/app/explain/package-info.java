/** Explanations of a model file, offline. */
@NullMarked
package dev.weir.app.explain;

import org.jspecify.annotations.NullMarked;
