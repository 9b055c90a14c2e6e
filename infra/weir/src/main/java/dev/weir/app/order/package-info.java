/** Orders to train: where their examples lie, and the trigger's answer. */
@NullMarked
package dev.weir.app.order;

import org.jspecify.annotations.NullMarked;
