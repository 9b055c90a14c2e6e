/** An embedded tracking server, model registry and artifact store that speaks MLflow's REST API. */
@NullMarked
package dev.weir.registry;

import org.jspecify.annotations.NullMarked;
