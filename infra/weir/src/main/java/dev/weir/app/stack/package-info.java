/** All roles of Weir in one process, on a broker and a registry. */
@NullMarked
package dev.weir.app.stack;

import org.jspecify.annotations.NullMarked;
