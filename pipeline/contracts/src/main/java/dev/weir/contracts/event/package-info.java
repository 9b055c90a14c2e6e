/** What travels on the data topics: rows, labels, examples, predictions and outcomes. */
@NullMarked
package dev.weir.contracts.event;

import org.jspecify.annotations.NullMarked;
