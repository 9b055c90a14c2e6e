/** The one worker that chains the ledger. */
@NullMarked
package dev.weir.auditor.ledger;

import org.jspecify.annotations.NullMarked;
