/** Decides which audited version serves: shadow, promotion, rollback, refusal. */
@NullMarked
package dev.weir.serving.rollout;

import org.jspecify.annotations.NullMarked;
