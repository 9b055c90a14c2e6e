/** Explanations along paths of gradients, for networks whose weights are known. */
@NullMarked
package dev.weir.model.explain.gradient;

import org.jspecify.annotations.NullMarked;
