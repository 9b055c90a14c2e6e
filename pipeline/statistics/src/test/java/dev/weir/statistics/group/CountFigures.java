package dev.weir.statistics.group;

import dev.weir.statistics.interval.AgrestiCoull;
import dev.weir.statistics.interval.ClopperPearson;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.KatzRatio;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.statistics.multiple.AdjustedPValues;
import dev.weir.statistics.twosample.ChiSquare;
import dev.weir.statistics.twosample.ProportionTest;
import dev.weir.statistics.twosample.TestResult;
import dev.weir.testkit.golden.GoldenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Our figures for the keys under {@code statistics(statsmodels,scipy)} of a golden file: selection
 * rates by the first attribute, without weights.
 */
final class CountFigures {
  private static final String SECTION = "/statistics(statsmodels,scipy)/";

  private final Map<String, OptionalDouble> figures = new LinkedHashMap<>();
  private final double alpha;

  private CountFigures(double alpha) {
    this.alpha = alpha;
  }

  static Map<String, OptionalDouble> of(GoldenFile file) {
    var json = file.json().get("statistics(statsmodels,scipy)");
    Map<String, ProportionEstimate> rates = new GoldenTable(file).selectedByFirst();
    String reference = json.get("reference").asText();
    CountFigures all = new CountFigures(json.get("alpha").asDouble());
    all.groups(rates);
    all.versus(reference, rates);
    all.adjusted(reference, rates);
    all.chiSquare(rates);
    return all.figures;
  }

  private void groups(Map<String, ProportionEstimate> rates) {
    rates.forEach(
        (group, rate) -> {
          interval("wilson/" + group, Interval.of(rate, alpha));
          interval("clopper_pearson/" + group, ClopperPearson.of(rate, alpha));
          interval("agresti_coull/" + group, AgrestiCoull.of(rate, alpha));
        });
  }

  private void versus(String name, Map<String, ProportionEstimate> rates) {
    ProportionEstimate reference = rates.get(name);
    rates.forEach(
        (group, rate) -> {
          if (!group.equals(name)) {
            versus("vs_reference/" + group + "/", rate, reference);
          }
        });
  }

  private void versus(String at, ProportionEstimate rate, ProportionEstimate reference) {
    var difference = new IndependentDifference(rate, reference);
    TestResult pooled = ProportionTest.pooledZ(rate, reference);
    put(at + "diff", difference.value());
    interval(at + "newcombe_95", Interval.of(difference, alpha));
    put(at + "z_pooled", Math.signum(difference.value()) * pooled.statistic());
    put(at + "z_p", pooled.pValue());
    put(at + "fisher_p", ProportionTest.fisher(rate, reference).pValue());
    KatzRatio.of(rate, reference, alpha)
        .ifPresent(
            interval -> {
              put(at + "impact_ratio", rate.value() / reference.value());
              interval(at + "impact_ratio_katz_log_95", interval);
            });
  }

  private void adjusted(String name, Map<String, ProportionEstimate> rates) {
    List<String> groups = new ArrayList<>(rates.keySet());
    groups.remove(name);
    double[] p =
        groups.stream()
            .mapToDouble(group -> ProportionTest.fisher(rates.get(group), rates.get(name)).pValue())
            .toArray();
    adjusted("adjusted_bonferroni/", groups, AdjustedPValues.bonferroni(p));
    adjusted("adjusted_holm/", groups, AdjustedPValues.holm(p));
    adjusted("adjusted_fdr_bh/", groups, AdjustedPValues.benjaminiHochberg(p));
    adjusted("adjusted_fdr_by/", groups, AdjustedPValues.benjaminiYekutieli(p));
  }

  private void adjusted(String method, List<String> groups, double[] p) {
    for (int i = 0; i < p.length; i++) {
      put(method + groups.get(i), p[i]);
    }
  }

  private void chiSquare(Map<String, ProportionEstimate> rates) {
    long[] selected = rates.values().stream().mapToLong(ProportionEstimate::successes).toArray();
    long[] refused = rates.values().stream().mapToLong(r -> r.n() - r.successes()).toArray();
    TestResult result = ChiSquare.test(selected, refused);
    put("chi2_all_groups/stat", result.statistic());
    put("chi2_all_groups/p", result.pValue());
    put("chi2_all_groups/dof", rates.size() - 1.0);
  }

  private void interval(String key, Interval interval) {
    put(key + "/0", interval.lower());
    put(key + "/1", interval.upper());
  }

  private void put(String key, double value) {
    figures.put(SECTION + key, OptionalDouble.of(value));
  }
}
