/** What is measured of a candidate on the rows that judge it. */
@NullMarked
package dev.weir.auditor.evidence;

import org.jspecify.annotations.NullMarked;
