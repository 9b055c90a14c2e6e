package dev.weir.contracts.spec;

import dev.weir.contracts.digest.HoldOut;
import java.util.List;

/**
 * What a user declares of one model in {@code weir.yaml}.
 *
 * @param model the model's name, also part of topic names
 * @param version the spec's version
 * @param events where events and labels come from
 * @param features the features, in the vector's order
 * @param groups the groupings that the audit compares
 * @param training how versions are trained
 * @param decisionThreshold the probability from which a row is selected
 * @param triggers what starts a training
 * @param monitors what is watched and from where on it is an alarm
 * @param rollout how a certified version goes live
 * @param about what its users should know
 * @param text the file as it was written
 * @param digest sha256 (hex) of its canonical JSON
 */
public record ModelSpec(
    String model,
    int version,
    Events events,
    List<FeatureSpec> features,
    List<GroupSpec> groups,
    Training training,
    DecisionThreshold decisionThreshold,
    Triggers triggers,
    Monitoring monitors,
    Rollout rollout,
    About about,
    String text,
    String digest) {
  public ModelSpec {
    features = List.copyOf(features);
    groups = List.copyOf(groups);
  }

  /** Returns the partition of this model's rows. */
  public HoldOut holdOut() {
    return new HoldOut(model, training.evaluationShare());
  }

  /**
   * Returns the groupings whose values a row carries: all, or none where a topic of their own has
   * them.
   */
  public List<GroupSpec> groupsInRows() {
    return events.groups() == null ? groups : List.of();
  }

  /** Returns the features' names, in the vector's order. */
  public List<String> featureNames() {
    return features.stream().map(FeatureSpec::name).toList();
  }

  /** Returns the features of what is known before an event, in the vector's order. */
  public List<FeatureSpec.Derived> derivedFeatures() {
    return features.stream()
        .filter(FeatureSpec.Derived.class::isInstance)
        .map(FeatureSpec.Derived.class::cast)
        .toList();
  }
}
