/** Ways to lessen a gap between groups: before, in and after training. */
@NullMarked
package dev.weir.statistics.mitigation;

import org.jspecify.annotations.NullMarked;
