package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every number of every golden file, against ours: rates and ratios to 1e-9, bounds to 1e-6 of
 * Fairlearn 0.12, AIF360 0.6.1, statsmodels 0.13.5, scipy 1.10.1 and formulas in numpy. A key that
 * nobody computes fails.
 *
 * <p>On purpose we differ where a figure is undefined: Fairlearn and scikit-learn give 0 for a rate
 * without a row to count (f04 and f06: groups of one class only, or never selected) and compare
 * that 0 between groups; we give nothing, and compare the groups in which it is defined. f05 has a
 * cell of the intersection without any row (B|Z), where Fairlearn gives NaN; f08 declares a group
 * without rows, which Fairlearn leaves out.
 */
class FairnessGoldenTest {
  private static final Pattern BOUNDS =
      Pattern.compile(".*/(wilson|clopper_pearson|agresti_coull)/.*|.*_95/[01]");

  /** What a file says of itself, and the texts that {@link #textsSayWhatWasCompared} reads. */
  private static final Set<String> TEXTS =
      Set.of(
          "case",
          "seed",
          "rows",
          "declared_groups",
          "sensitive_columns",
          "threshold_rule",
          "weighted",
          "libraries",
          "privileged",
          "unprivileged",
          "alpha",
          "note",
          "reference",
          "may_exclude_below_2pct",
          "bin_rule");

  static List<GoldenFile> files() {
    return GoldenFiles.in("fairness", "f");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyNumberIsOurs(GoldenFile file) {
    Map<String, OptionalDouble> ours = ours(file);
    Map<String, Double> expected = numbers(file.json());
    assertThat(new TreeSet<>(ours.keySet()))
        .as("keys that somebody computes")
        .containsAll(expected.keySet());
    Undefined undefined = new Undefined(file);
    expected.forEach(
        (key, value) -> {
          OptionalDouble figure = ours.get(key);
          if (undefined.explains(key)) {
            undefined.check(key, figure, value);
          } else if (Double.isFinite(value)) {
            double tolerance = BOUNDS.matcher(key).matches() ? 1e-6 : 1e-9;
            assertThat(figure).as(key).isPresent();
            assertThat(figure.getAsDouble()).as(key).isCloseTo(value, within(tolerance));
          } else {
            assertThat(figure).as(key).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void textsSayWhatWasCompared(GoldenFile file) {
    GoldenTable table = new GoldenTable(file);
    JsonNode json = file.json();
    assertThat(json.get("rows").asInt()).isEqualTo(table.labels().length);
    assertThat(excludable(json))
        .containsExactlyInAnyOrderElementsOf(
            ImpactRatios.of(table.selected()).entrySet().stream()
                .filter(category -> category.getValue().isExcludable())
                .map(Map.Entry::getKey)
                .toList());
    var reference = table.selectedByFirst().get(reference(json));
    assertThat(table.selectedByFirst().values()).allMatch(rate -> rate.n() <= reference.n());
  }

  @ParameterizedTest
  @MethodSource("files")
  void declaredGroupsWithoutRowsAreUndefinedAndStay(GoldenFile file) {
    if (file.json().get("sensitive_columns").size() > 1) {
      return;
    }
    GoldenTable table = new GoldenTable(file);
    for (JsonNode declared : file.json().get("declared_groups")) {
      if (!table.cells().contains(declared.asText())) {
        Confusion none = table.of(declared.asText());
        assertThat(DecisionMetric.COUNT.of(none)).hasValue(0);
        assertThat(DecisionMetric.values())
            .filteredOn(metric -> metric != DecisionMetric.COUNT)
            .allMatch(metric -> metric.of(none).isEmpty());
        Map<String, Confusion> all = new HashMap<>(table.byGroup());
        all.put(declared.asText(), none);
        Disparity disparity =
            Disparity.of(
                all.values().stream().map(DecisionMetric.SELECTION_RATE::of).toList(),
                DecisionMetric.SELECTION_RATE.of(table.overall()));
        assertThat(disparity.undefined()).isPositive();
      }
    }
  }

  private static String reference(JsonNode json) {
    return json.get("statistics(statsmodels,scipy)").get("reference").asText();
  }

  private static List<String> excludable(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.get("nyc_ll144(formula)")
        .get("may_exclude_below_2pct")
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, OptionalDouble> ours(GoldenFile file) {
    Map<String, OptionalDouble> ours = new LinkedHashMap<>();
    ours.putAll(FairlearnFigures.of(file));
    ours.putAll(Aif360Figures.of(file));
    ours.putAll(CountFigures.of(file));
    ours.putAll(FormulaFigures.of(file));
    return ours;
  }

  /** Returns every leaf that is no text, by its path. */
  private static Map<String, Double> numbers(JsonNode json) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    collect("", json, numbers);
    return numbers;
  }

  private static void collect(String path, JsonNode node, Map<String, Double> numbers) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              field -> {
                if (!TEXTS.contains(field.getKey())) {
                  collect(path + "/" + field.getKey(), field.getValue(), numbers);
                }
              });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "/" + i, node.get(i), numbers);
      }
    } else {
      numbers.put(path, node.isNull() ? Double.NaN : node.asDouble());
    }
  }
}
