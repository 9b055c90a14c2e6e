/** A drift detector over one column of a file. */
@NullMarked
package dev.weir.app.detect;

import org.jspecify.annotations.NullMarked;
