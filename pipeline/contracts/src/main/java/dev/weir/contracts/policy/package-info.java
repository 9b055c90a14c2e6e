/** The audit policy and its three-valued verdicts. */
@NullMarked
package dev.weir.contracts.policy;

import org.jspecify.annotations.NullMarked;
