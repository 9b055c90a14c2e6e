package dev.weir.trainer.worker;

import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.AppliedMitigation;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.statistics.mitigation.GroupThresholds;
import dev.weir.statistics.mitigation.Parity;
import dev.weir.statistics.mitigation.Reweighing;
import dev.weir.statistics.mitigation.ThresholdOptimizer;
import dev.weir.trainer.dataset.TrainingSet;
import dev.weir.trainer.job.JobSpec;
import dev.weir.trainer.job.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Does against a gap between groups what a request orders, where the policy allows it: weights
 * before training, priced fits in training, or thresholds after it. What is fitted is fitted to the
 * training rows; held-out rows only judge. A row without a value of the grouping has weight 1, is a
 * group of its own in training, and keeps the common threshold.
 */
final class Mitigator {
  private static final String NONE = "";

  private final ModelSpec spec;
  private final @Nullable Mitigation allowed;

  Mitigator(ModelSpec spec, @Nullable Mitigation allowed) {
    this.spec = spec;
    this.allowed = allowed;
  }

  /**
   * Checks an order against the policy: whoever may write to the topic of requests must not decide
   * that a protected attribute is used.
   *
   * @throws IllegalArgumentException if the policy does not allow it
   */
  void requireAllowed(TrainingRequest request) {
    MitigationOrder order = request.mitigation();
    if (order == null) {
      return;
    }
    boolean isAllowed =
        allowed != null
            && allowed.allows(order.method())
            && allowed.groups().equals(order.groups());
    if (!isAllowed) {
      throw new IllegalArgumentException(
          "MITIGATION: the policy does not allow "
              + order.method().id()
              + " by "
              + order.groups()
              + ", see mitigation in the policy file");
    }
  }

  /** Returns the rows as the child gets them. */
  Rows rows(TrainingRequest request, TrainingSet set) {
    MitigationOrder order = request.mitigation();
    if (order == null || order.method() != Mitigation.Method.REWEIGHING) {
      return new Rows(set.features(), set.labels());
    }
    return new Rows(set.features(), set.labels(), weights(order.groups(), set));
  }

  private static float[] weights(String grouping, TrainingSet set) {
    List<String> groups = set.groups(grouping);
    int[] inGroup = inGroup(groups);
    List<String> of = IntStream.of(inGroup).mapToObj(groups::get).toList();
    double[] labels =
        IntStream.of(inGroup).mapToDouble(i -> set.examples().get(i).label()).toArray();
    double[] factors = Reweighing.fit(of, labels).factors(of, labels);
    float[] weights = new float[groups.size()];
    Arrays.fill(weights, 1);
    for (int i = 0; i < inGroup.length; i++) {
      weights[inGroup[i]] = (float) factors[i];
    }
    return weights;
  }

  private static int[] inGroup(List<String> groups) {
    int[] rows =
        IntStream.range(0, groups.size()).filter(i -> !groups.get(i).equals(NONE)).toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException("MITIGATION: no training row has a value of the grouping");
    }
    return rows;
  }

  /** Returns what the child is told to do. */
  JobSpec job(TrainingRequest request, TrainingSet set) {
    FeatureLayout layout = FeatureLayout.of(spec);
    MitigationOrder order = request.mitigation();
    if (order == null || order.method() != Mitigation.Method.EXPONENTIATED_GRADIENT) {
      return new JobSpec(layout, spec.training(), request.seed());
    }
    JobSpec.Fairness fairness =
        new JobSpec.Fairness(parity(order.metric()), set.groups(order.groups()));
    return new JobSpec(layout, spec.training(), request.seed(), fairness);
  }

  /** Returns the manifest with what was done: thresholds by group, or none. */
  ModelManifest manifest(
      ModelManifest plain, TrainingRequest request, TrainingSet set, byte[] onnx) {
    MitigationOrder order = request.mitigation();
    if (order == null) {
      return plain;
    }
    switch (order.method()) {
      case GROUP_THRESHOLDS:
        return plain.with(
            plain.decisionThreshold(), new AppliedMitigation(order, thresholds(order, set, onnx)));
      case EXPONENTIATED_GRADIENT:
        return plain.with(JobSpec.FAIR_THRESHOLD, new AppliedMitigation(order, Map.of()));
      default:
        return plain.with(plain.decisionThreshold(), new AppliedMitigation(order, Map.of()));
    }
  }

  /**
   * Of the two thresholds that the optimizer mixes the likelier one: a decision by chance could not
   * be explained to whom it is about.
   */
  private static Map<String, Double> thresholds(
      MitigationOrder order, TrainingSet set, byte[] onnx) {
    List<String> groups = set.groups(order.groups());
    int[] inGroup = inGroup(groups);
    double[] scores;
    try (OnnxScorer scorer = OnnxScorer.open(onnx)) {
      scores = scorer.positive(set.features());
    }
    GroupThresholds found =
        ThresholdOptimizer.fit(
            parity(order.metric()),
            IntStream.of(inGroup).mapToDouble(i -> scores[i]).toArray(),
            IntStream.of(inGroup).mapToDouble(i -> set.examples().get(i).label()).toArray(),
            IntStream.of(inGroup).mapToObj(groups::get).toList());
    Map<String, Double> thresholds = new TreeMap<>();
    found
        .byGroup()
        .forEach(
            (group, rule) ->
                thresholds.put(group, Math.min(1, Math.max(0, rule.likelierThreshold()))));
    return thresholds;
  }

  /** Returns what is made alike for a gate: its rate, and for losses both error rates. */
  private static Parity parity(Metric metric) {
    String name = metric.name();
    if (name.startsWith("SELECTION_RATE")) {
      return Parity.DEMOGRAPHIC_PARITY;
    }
    if (name.startsWith("TRUE_POSITIVE_RATE")) {
      return Parity.TRUE_POSITIVE_RATE_PARITY;
    }
    return name.startsWith("FALSE_POSITIVE_RATE")
        ? Parity.FALSE_POSITIVE_RATE_PARITY
        : Parity.EQUALIZED_ODDS;
  }
}
