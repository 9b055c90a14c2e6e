package dev.weir.statistics.group;

import dev.weir.testkit.golden.GoldenFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Our figures for the keys under {@code fairlearn} of a golden file. */
final class FairlearnFigures {
  private final Map<String, OptionalDouble> figures = new LinkedHashMap<>();

  private FairlearnFigures() {}

  static Map<String, OptionalDouble> of(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    FairlearnFigures all = new FairlearnFigures();
    for (DecisionMetric metric : DecisionMetric.values()) {
      Map<String, OptionalDouble> groups = new TreeMap<>();
      table.byGroup().forEach((group, confusion) -> groups.put(group, metric.of(confusion)));
      all.disparity("/fairlearn/labels/", metric.id(), metric.of(table.overall()), groups);
    }
    for (ScoreMetric metric : ScoreMetric.values()) {
      Map<String, OptionalDouble> groups = new TreeMap<>();
      table.cells().forEach(group -> groups.put(group, metric.of(table.scores(group))));
      all.disparity("/fairlearn/scores/", metric.id(), metric.of(table.scores()), groups);
    }
    table.emptyCells().forEach(cell -> all.withoutRows(cell, table));
    all.named(
        new EqualizedOdds(
            table.disparity(DecisionMetric.TRUE_POSITIVE_RATE),
            table.disparity(DecisionMetric.FALSE_POSITIVE_RATE)),
        table.disparity(DecisionMetric.SELECTION_RATE));
    return all.figures;
  }

  private void disparity(
      String section, String id, OptionalDouble overall, Map<String, OptionalDouble> groups) {
    figures.put(section + "overall/" + id, overall);
    groups.forEach((group, value) -> figures.put(section + "by_group/" + id + "/" + group, value));
    Disparity disparity = Disparity.of(groups.values(), overall);
    figures.put(section + "group_min/" + id, disparity.minimum());
    figures.put(section + "group_max/" + id, disparity.maximum());
    figures.put(section + "difference_between_groups/" + id, disparity.differenceBetweenGroups());
    figures.put(section + "difference_to_overall/" + id, disparity.differenceToOverall());
    figures.put(section + "ratio_between_groups/" + id, disparity.ratioBetweenGroups());
    figures.put(section + "ratio_to_overall/" + id, disparity.ratioToOverall());
  }

  private void withoutRows(String cell, GoldenTable table) {
    for (DecisionMetric metric : DecisionMetric.values()) {
      String key = "/fairlearn/labels/by_group/" + metric.id() + "/" + cell;
      figures.put(key, metric.of(table.of(cell)));
    }
    for (ScoreMetric metric : ScoreMetric.values()) {
      String key = "/fairlearn/scores/by_group/" + metric.id() + "/" + cell;
      figures.put(key, metric.of(table.scores(cell)));
    }
  }

  private void named(EqualizedOdds odds, Disparity selection) {
    pair("demographic_parity", selection);
    pair("equal_opportunity", odds.truePositiveRate());
    named("equalized_odds_difference[between_groups,worst_case]", odds.worstDifference());
    named("equalized_odds_difference[between_groups,mean]", odds.meanDifference());
    named("equalized_odds_ratio[between_groups,worst_case]", odds.worstRatio());
    named("equalized_odds_ratio[between_groups,mean]", odds.meanRatio());
    named("equalized_odds_difference[to_overall,worst_case]", odds.worstDifferenceToOverall());
    named("equalized_odds_difference[to_overall,mean]", odds.meanDifferenceToOverall());
    named("equalized_odds_ratio[to_overall,worst_case]", odds.worstRatioToOverall());
    named("equalized_odds_ratio[to_overall,mean]", odds.meanRatioToOverall());
  }

  private void pair(String name, Disparity disparity) {
    named(name + "_difference[between_groups]", disparity.differenceBetweenGroups());
    named(name + "_ratio[between_groups]", disparity.ratioBetweenGroups());
    named(name + "_difference[to_overall]", disparity.differenceToOverall());
    named(name + "_ratio[to_overall]", disparity.ratioToOverall());
  }

  private void named(String name, OptionalDouble value) {
    figures.put("/fairlearn/named/" + name, value);
  }
}
