/** The audit of any table of predictions, without the rest of Weir. */
@NullMarked
package dev.weir.auditor.table;

import org.jspecify.annotations.NullMarked;
