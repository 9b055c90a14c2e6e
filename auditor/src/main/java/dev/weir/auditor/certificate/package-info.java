/** The key that signs certificates. */
@NullMarked
package dev.weir.auditor.certificate;

import org.jspecify.annotations.NullMarked;
