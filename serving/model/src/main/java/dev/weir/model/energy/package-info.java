/** Energy used by a job, measured where the machine can, else estimated. */
@NullMarked
package dev.weir.model.energy;

import org.jspecify.annotations.NullMarked;
