/** Explanations of a single row by a simple model around it. */
@NullMarked
package dev.weir.model.explain.local;

import org.jspecify.annotations.NullMarked;
