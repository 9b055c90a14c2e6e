/** User records to checked, encoded and re-keyed rows and labels. */
@NullMarked
package dev.weir.pipeline.ingest;

import org.jspecify.annotations.NullMarked;
