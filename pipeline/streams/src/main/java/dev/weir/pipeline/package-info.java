/** The Kafka Streams application of one model: ingest, join, monitor, trigger. */
@NullMarked
package dev.weir.pipeline;

import org.jspecify.annotations.NullMarked;
