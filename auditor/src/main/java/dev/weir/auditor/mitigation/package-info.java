/** What follows a verdict against a gap between groups: the next method, and what it cost. */
@NullMarked
package dev.weir.auditor.mitigation;

import org.jspecify.annotations.NullMarked;
