/** What compressing a version changed, and for whom: candidate and parent on the same rows. */
@NullMarked
package dev.weir.auditor.pair;

import org.jspecify.annotations.NullMarked;
