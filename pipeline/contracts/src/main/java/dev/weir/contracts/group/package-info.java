/** Restricted group values, and how they meet rows. */
@NullMarked
package dev.weir.contracts.group;

import org.jspecify.annotations.NullMarked;
