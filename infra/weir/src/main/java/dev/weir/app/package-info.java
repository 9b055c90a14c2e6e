/** Marks that hold in the whole application. */
@NullMarked
package dev.weir.app;

import org.jspecify.annotations.NullMarked;
