/**
 * A real Kafka broker inside the process, for one machine: it is started and stopped by its user.
 */
@NullMarked
package dev.weir.broker;

import org.jspecify.annotations.NullMarked;
