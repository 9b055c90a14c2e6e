/** Candidates in, audits out. */
@NullMarked
package dev.weir.auditor.worker;

import org.jspecify.annotations.NullMarked;
