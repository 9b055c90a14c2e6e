/** What training and scoring a version take, in joules, bytes and grams. */
@NullMarked
package dev.weir.auditor.energy;

import org.jspecify.annotations.NullMarked;
