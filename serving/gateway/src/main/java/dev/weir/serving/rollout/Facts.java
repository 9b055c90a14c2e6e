package dev.weir.serving.rollout;

import dev.weir.contracts.control.Deployment;
import org.jspecify.annotations.Nullable;

/** What the ledger remembers of a deployment. */
record Facts(
    long sequence,
    Deployment.Change change,
    int version,
    String reason,
    @Nullable Integer champion,
    @Nullable Integer challenger) {
  static Facts of(Deployment deployment) {
    return new Facts(
        deployment.sequence(),
        deployment.change(),
        deployment.changedVersion(),
        deployment.reason(),
        version(deployment.champion()),
        version(deployment.challenger()));
  }

  private static @Nullable Integer version(Deployment.@Nullable Slot slot) {
    return slot == null ? null : slot.version();
  }
}
