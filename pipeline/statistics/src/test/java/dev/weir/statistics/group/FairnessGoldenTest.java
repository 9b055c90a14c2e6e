package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fairlearn 0.12, AIF360 0.6.1 and formulas in numpy, to 1e-9.
 *
 * <p>On purpose we differ where something is undefined (files f04 and f06: groups of one class
 * only, or never selected): the libraries say 0 there, we say nothing, so such a metric is not
 * compared between the groups of such a file.
 */
class FairnessGoldenTest {
  private static final Offset<Double> TOLERANCE = within(1e-9);

  private static final Map<String, List<String>> UNDEFINED =
      Map.of(
          "f04_one_class",
          List.of(
              "B false_positive_rate",
              "B true_negative_rate",
              "B balanced_accuracy",
              "C true_positive_rate",
              "C false_negative_rate",
              "C balanced_accuracy",
              "C recall",
              "D precision"),
          "f06_tiny_groups",
          List.of(
              "C true_positive_rate",
              "C false_negative_rate",
              "C balanced_accuracy",
              "C precision",
              "C recall",
              "C f1"));

  static List<GoldenFile> files() {
    return GoldenFiles.in("fairness", "f");
  }

  @ParameterizedTest
  @MethodSource("files")
  void decisionMetricsAreFairlearns(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    JsonNode expected = file.json().get("fairlearn").get("labels");
    for (DecisionMetric metric : DecisionMetric.values()) {
      Map<String, OptionalDouble> groups =
          table.byGroup().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> metric.of(e.getValue())));
      check(metric.id(), metric.of(table.overall()), groups, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void scoreMetricsAreScikitLearns(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    JsonNode expected = file.json().get("fairlearn").get("scores");
    for (ScoreMetric metric : ScoreMetric.values()) {
      if (!expected.get("by_group").has(metric.id())) {
        continue;
      }
      Map<String, OptionalDouble> groups =
          table.cells().stream()
              .collect(
                  Collectors.toMap(Function.identity(), cell -> metric.of(table.scores(cell))));
      check(metric.id(), metric.of(table.scores()), groups, expected);
    }
  }

  private static void check(
      String id, OptionalDouble overall, Map<String, OptionalDouble> groups, JsonNode expected) {
    same(id, overall, expected.get("overall").get(id));
    groups.forEach((group, value) -> same(id, value, expected.get("by_group").get(id).get(group)));
    if (groups.values().stream().anyMatch(OptionalDouble::isEmpty)) {
      return;
    }
    Disparity disparity = Disparity.of(groups.values(), overall);
    same(id, disparity.minimum(), expected.get("group_min").get(id));
    same(id, disparity.maximum(), expected.get("group_max").get(id));
    same(id, disparity.differenceBetweenGroups(), between(expected, "difference", id));
    same(id, disparity.ratioBetweenGroups(), between(expected, "ratio", id));
    same(id, disparity.differenceToOverall(), expected.get("difference_to_overall").get(id));
    same(id, disparity.ratioToOverall(), expected.get("ratio_to_overall").get(id));
  }

  private static JsonNode between(JsonNode expected, String what, String id) {
    return expected.get(what + "_between_groups").get(id);
  }

  private static void same(String what, OptionalDouble found, JsonNode expected) {
    if (found.isPresent()) {
      assertThat(found.getAsDouble()).as(what).isCloseTo(expected.asDouble(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingIsUndefinedButForGroupsOfOneClass(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    List<String> undefined = new ArrayList<>();
    table
        .byGroup()
        .forEach(
            (group, confusion) ->
                Stream.of(DecisionMetric.values())
                    .filter(metric -> metric.of(confusion).isEmpty())
                    .forEach(metric -> undefined.add(group + " " + metric.id())));
    assertThat(undefined).containsExactlyElementsOf(UNDEFINED.getOrDefault(file.name(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void equalizedOddsIsFairlearns(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    Disparity tpr = disparity(table, DecisionMetric.TRUE_POSITIVE_RATE);
    Disparity fpr = disparity(table, DecisionMetric.FALSE_POSITIVE_RATE);
    if (tpr.undefined() + fpr.undefined() > 0) {
      return;
    }
    JsonNode named = file.json().get("fairlearn").get("named");
    same(
        "difference",
        Disparity.larger(tpr.differenceBetweenGroups(), fpr.differenceBetweenGroups()),
        named.get("equalized_odds_difference[between_groups,worst_case]"));
    same(
        "ratio",
        Disparity.smaller(tpr.ratioBetweenGroups(), fpr.ratioBetweenGroups()),
        named.get("equalized_odds_ratio[between_groups,worst_case]"));
    same(
        "to overall",
        Disparity.larger(tpr.differenceToOverall(), fpr.differenceToOverall()),
        named.get("equalized_odds_difference[to_overall,worst_case]"));
  }

  private static Disparity disparity(GoldenTable table, DecisionMetric metric) {
    return Disparity.of(
        table.byGroup().values().stream().map(metric::of).toList(), metric.of(table.overall()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void inequalityIsAif360s(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    JsonNode expected = file.json().get("aif360");
    if (file.json().get("weighted").asBoolean()) {
      // AIF360 leaves the weights out of these four; ours take them in.
      return;
    }
    Confusion all = table.overall();
    same("theil", Inequality.theil(all), expected.get("theil_index"));
    same(
        "entropy",
        Inequality.generalizedEntropy(all, 2),
        expected.get("generalized_entropy_index"));
    same(
        "variation",
        Inequality.coefficientOfVariation(all),
        expected.get("coefficient_of_variation"));
    List<Confusion> sides =
        Stream.of(true, false).map(isThat -> table.firstAttribute("A", isThat)).toList();
    same("between", Inequality.theilBetween(sides), expected.get("between_group_theil_index"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void reliabilityIsTheFormulas(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    JsonNode expected = file.json().get("calibration(formula)");
    Reliability reliability = Reliability.of(table.unweightedScores(), 10);
    same("ece", reliability.expectedError(), expected.get("ece_10_equal_width"));
    same("mce", reliability.maximumError(), expected.get("mce_10_equal_width"));
  }
}
