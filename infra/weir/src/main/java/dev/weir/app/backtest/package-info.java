/** A file of the past through the whole loop, row by row predicted before its label is known. */
@NullMarked
package dev.weir.app.backtest;

import org.jspecify.annotations.NullMarked;
