/** What was decided about each model, kept in memory for the pages. */
@NullMarked
package dev.weir.dashboards.log;

import org.jspecify.annotations.NullMarked;
