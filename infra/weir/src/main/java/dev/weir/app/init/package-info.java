/** A first spec from data that is there. */
@NullMarked
package dev.weir.app.init;

import org.jspecify.annotations.NullMarked;
