/** Features that tell of the label what nobody can know when a prediction is wanted. */
@NullMarked
package dev.weir.auditor.leakage;

import org.jspecify.annotations.NullMarked;
