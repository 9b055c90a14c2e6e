/** Rows of numbers as files. */
@NullMarked
package dev.weir.model.table;

import org.jspecify.annotations.NullMarked;
