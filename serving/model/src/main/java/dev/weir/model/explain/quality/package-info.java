/** How far an explanation can be trusted. */
@NullMarked
package dev.weir.model.explain.quality;

import org.jspecify.annotations.NullMarked;
