/** How one event becomes the fixed vector of floats that every wing speaks of. */
@NullMarked
package dev.weir.contracts.feature;

import org.jspecify.annotations.NullMarked;
