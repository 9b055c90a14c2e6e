/** Records on their way to Kafka. */
@NullMarked
package dev.weir.serving.publish;

import org.jspecify.annotations.NullMarked;
