/** One real broker per test JVM, and topics of one's own on it. */
@NullMarked
package dev.weir.testkit.kafka;

import org.jspecify.annotations.NullMarked;
