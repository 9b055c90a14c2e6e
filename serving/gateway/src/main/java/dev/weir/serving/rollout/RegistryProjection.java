package dev.weir.serving.rollout;

import dev.weir.contracts.control.Deployment;
import java.io.IOException;

/** Shows in the model registry what was decided. The topic {@code deployments} is the truth. */
@FunctionalInterface
public interface RegistryProjection {
  /**
   * Sets aliases and tags by a change.
   *
   * @throws IOException where the registry cannot be reached
   */
  void show(Deployment deployment) throws IOException;
}
