/** The nearest rows that the model decides otherwise. */
@NullMarked
package dev.weir.model.explain.counterfactual;

import org.jspecify.annotations.NullMarked;
