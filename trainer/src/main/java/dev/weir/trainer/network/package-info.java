/** The network and its training loop, in DJL. */
@NullMarked
package dev.weir.trainer.network;

import org.jspecify.annotations.NullMarked;
