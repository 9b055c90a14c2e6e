/** The audit API behind the pages. */
@NullMarked
package dev.weir.dashboards.rest;

import org.jspecify.annotations.NullMarked;
