/** What an event costs in the pipeline, beside what it costs at least. */
@NullMarked
package dev.weir.app.bench;

import org.jspecify.annotations.NullMarked;
