/**
 * The signed audit certificate (in-toto statement in a DSSE envelope), the ledger chain, and their
 * verifiers.
 */
@NullMarked
package dev.weir.contracts.certificate;

import org.jspecify.annotations.NullMarked;
