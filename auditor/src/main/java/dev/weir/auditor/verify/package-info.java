/** Checking certificates and ledgers offline. */
@NullMarked
package dev.weir.auditor.verify;

import org.jspecify.annotations.NullMarked;
