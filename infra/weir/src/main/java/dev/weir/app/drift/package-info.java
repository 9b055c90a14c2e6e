/** Two files compared column by column. */
@NullMarked
package dev.weir.app.drift;

import org.jspecify.annotations.NullMarked;
