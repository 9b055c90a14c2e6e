/** The model spec, read from {@code weir.yaml} with errors that name the line. */
@NullMarked
package dev.weir.contracts.spec;

import org.jspecify.annotations.NullMarked;
