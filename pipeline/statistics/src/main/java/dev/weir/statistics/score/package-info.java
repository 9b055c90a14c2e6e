/** How good predicted probabilities are: Brier score, log loss, area under the ROC curve. */
@NullMarked
package dev.weir.statistics.score;

import org.jspecify.annotations.NullMarked;
