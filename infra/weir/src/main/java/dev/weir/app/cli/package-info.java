/** The {@code weir} command: parsing, exit codes, and nothing else. */
@NullMarked
package dev.weir.app.cli;

import org.jspecify.annotations.NullMarked;
