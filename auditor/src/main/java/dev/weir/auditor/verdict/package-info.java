/** From evidence and policy to a three-valued verdict. */
@NullMarked
package dev.weir.auditor.verdict;

import org.jspecify.annotations.NullMarked;
