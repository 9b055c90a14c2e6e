/** Shapley values, exact and estimated. */
@NullMarked
package dev.weir.model.explain.shapley;

import org.jspecify.annotations.NullMarked;
