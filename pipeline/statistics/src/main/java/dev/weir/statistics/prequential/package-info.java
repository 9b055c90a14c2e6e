/** Scores of a stream that is predicted row by row, each before its label is known. */
@NullMarked
package dev.weir.statistics.prequential;

import org.jspecify.annotations.NullMarked;
