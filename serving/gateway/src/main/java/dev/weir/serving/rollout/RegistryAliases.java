package dev.weir.serving.rollout;

import dev.weir.contracts.control.Deployment;
import dev.weir.model.registry.ModelRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Sets the aliases {@code champion} and {@code challenger}, takes away the one that no version has,
 * and tags the version that changed.
 */
public final class RegistryAliases implements RegistryProjection {
  private final ModelRegistry registry;

  /** Creates a projection into a registry. */
  public RegistryAliases(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void show(Deployment deployment) {
    String model = deployment.model();
    alias(model, "champion", deployment.champion());
    alias(model, "challenger", deployment.challenger());
    int version = deployment.changedVersion();
    registry.setVersionTag(model, version, "weir.deployment", deployment.change().name());
    registry.setVersionTag(model, version, "weir.deployment.reason", deployment.reason());
  }

  private void alias(String model, String alias, Deployment.@Nullable Slot slot) {
    if (slot == null) {
      registry.deleteAlias(model, alias);
    } else {
      registry.setAlias(model, alias, slot.version());
    }
  }
}
