/** The event-time driver: one tick after the other, waiting until every role has caught up. */
@NullMarked
package dev.weir.app.driver;

import org.jspecify.annotations.NullMarked;
