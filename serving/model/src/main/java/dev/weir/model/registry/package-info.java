/** The client of an MLflow-compatible tracking server and model registry. */
@NullMarked
package dev.weir.model.registry;

import org.jspecify.annotations.NullMarked;
