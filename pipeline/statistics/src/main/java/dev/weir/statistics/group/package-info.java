/** How decisions and scores differ between groups; what is undefined is empty, never 0. */
@NullMarked
package dev.weir.statistics.group;

import org.jspecify.annotations.NullMarked;
