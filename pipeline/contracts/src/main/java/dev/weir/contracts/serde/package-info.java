/**
 * How each record is written: Avro for data topics, JSON for control topics, RFC 8785 where hashed.
 */
@NullMarked
package dev.weir.contracts.serde;

import org.jspecify.annotations.NullMarked;
