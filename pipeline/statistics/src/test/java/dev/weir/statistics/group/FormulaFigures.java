package dev.weir.statistics.group;

import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.testkit.golden.GoldenFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Our figures for the keys under {@code nyc_ll144(formula)} and {@code calibration(formula)} of a
 * golden file, without weights.
 */
final class FormulaFigures {
  private final Map<String, OptionalDouble> figures = new LinkedHashMap<>();

  private FormulaFigures() {}

  static Map<String, OptionalDouble> of(GoldenFile file) {
    GoldenTable table = new GoldenTable(file, false);
    FormulaFigures all = new FormulaFigures();
    all.impact(table);
    all.calibration(Reliability.of(table.scores(), 10));
    return all.figures;
  }

  private void impact(GoldenTable table) {
    String section = "/nyc_ll144(formula)/";
    Map<String, ProportionEstimate> selected = table.selected();
    ImpactRatios.of(selected)
        .forEach(
            (group, category) -> {
              put(section + "selection_rate/" + group, category.rate().value());
              figures.put(section + "impact_ratio/" + group, category.ratio());
              put(section + "share_of_rows/" + group, category.share());
            });
    double[] scores = table.scoreColumn();
    put(section + "median_score", ImpactRatios.median(scores));
    ImpactRatios.ofScores(scores, table.groups())
        .forEach(
            (group, category) -> {
              put(section + "scoring_rate/" + group, category.rate().value());
              figures.put(section + "scoring_impact_ratio/" + group, category.ratio());
            });
  }

  private void calibration(Reliability reliability) {
    String section = "/calibration(formula)/";
    figures.put(section + "ece_10_equal_width", reliability.expectedError());
    figures.put(section + "mce_10_equal_width", reliability.maximumError());
    for (int i = 0; i < reliability.bins().size(); i++) {
      Reliability.Bin bin = reliability.bins().get(i);
      String at = section + "bins[index,count,mean_score,positive_rate]/" + i + "/";
      put(at + 0, bin.index());
      put(at + 1, bin.weight());
      put(at + 2, bin.meanScore());
      put(at + 3, bin.positiveRate());
    }
  }

  private void put(String key, double value) {
    figures.put(key, OptionalDouble.of(value));
  }
}
