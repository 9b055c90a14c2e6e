/** What a model does over many rows. */
@NullMarked
package dev.weir.model.explain.global;

import org.jspecify.annotations.NullMarked;
