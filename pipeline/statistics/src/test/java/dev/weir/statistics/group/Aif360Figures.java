package dev.weir.statistics.group;

import dev.weir.statistics.mitigation.Reweighing;
import dev.weir.testkit.golden.GoldenFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Our figures for the keys under {@code aif360} of a golden file, of two sides: the privileged
 * group of the first attribute, and all others. AIF360 takes sample weights into its rates and
 * leaves them out of inequality and consistency.
 */
final class Aif360Figures {
  private static final int NEIGHBOURS = 5;

  private final Map<String, OptionalDouble> figures = new LinkedHashMap<>();

  private Aif360Figures() {}

  static Map<String, OptionalDouble> of(GoldenFile file) {
    String privileged = file.json().get("aif360").get("privileged").asText();
    GoldenTable table = new GoldenTable(file);
    Aif360Figures all = new Aif360Figures();
    all.rates(table.firstAttribute(privileged, false), table.firstAttribute(privileged, true));
    all.inequality(new GoldenTable(file, false), privileged);
    all.consistency(table, privileged);
    all.reweighing(table, privileged);
    return all.figures;
  }

  private void rates(Confusion group, Confusion reference) {
    for (ReferenceMetric metric : ReferenceMetric.values()) {
      put(metric.id(), metric.of(group, reference));
    }
    List<Confusion> sides = List.of(group, reference);
    put(
        "smoothed_empirical_differential_fairness_predictions",
        DifferentialFairness.ofDecisions(sides));
    put("smoothed_empirical_differential_fairness_labels", DifferentialFairness.ofLabels(sides));
    put("differential_fairness_bias_amplification", DifferentialFairness.biasAmplification(sides));
    put("base_rate_true/all", baseRate(group.plus(reference)));
    put("base_rate_true/privileged", baseRate(reference));
    put("base_rate_true/unprivileged", baseRate(group));
  }

  private void inequality(GoldenTable unweighted, String privileged) {
    Confusion all = unweighted.overall();
    put("theil_index", Inequality.theil(all));
    put("generalized_entropy_index", Inequality.generalizedEntropy(all, 2));
    put("coefficient_of_variation", Inequality.coefficientOfVariation(all));
    OptionalDouble between =
        Inequality.theilBetween(
            List.of(
                unweighted.firstAttribute(privileged, true),
                unweighted.firstAttribute(privileged, false)));
    put("between_group_theil_index", between);
    put("between_all_groups_theil_index", between);
  }

  /** AIF360's features are all columns that are neither label nor weight: the group is one. */
  private void consistency(GoldenTable table, String privileged) {
    Consistency consistency = new Consistency(table.features(privileged), NEIGHBOURS);
    put("consistency_k5_predictions", OptionalDouble.of(consistency.of(table.decisions())));
    put("consistency_k5_labels", OptionalDouble.of(consistency.of(table.labels())));
  }

  private void reweighing(GoldenTable table, String privileged) {
    List<String> sides = table.sides(privileged);
    Reweighing reweighing = Reweighing.fit(sides, table.labels(), table.weights());
    reweighing
        .byCell()
        .forEach(
            (side, factors) -> {
              put("reweighing/w_" + side + "_pos", factors.positive());
              put("reweighing/w_" + side + "_neg", factors.negative());
            });
  }

  private static OptionalDouble baseRate(Confusion c) {
    return Confusion.ratio(c.positives(), c.total());
  }

  private void put(String key, OptionalDouble value) {
    figures.put("/aif360/" + key, value);
  }
}
