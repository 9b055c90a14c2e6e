/** Values computed by other libraries, which our own figures must equal. */
@NullMarked
package dev.weir.testkit.golden;

import org.jspecify.annotations.NullMarked;
