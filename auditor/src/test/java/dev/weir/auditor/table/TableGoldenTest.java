package dev.weir.auditor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole path of {@code weir audit table} on each golden table, against Fairlearn 0.12 and
 * statsmodels 0.13.5.
 *
 * <p>On purpose we differ where a metric is undefined in a group (f04, f06): Fairlearn says 0 and
 * compares it, we say null and compare the other groups. A declared group without rows (f08), an
 * intersection without rows (f05: B and Z) is in our tables and not in Fairlearn's.
 */
class TableGoldenTest {
  private static final Offset<Double> RATES = within(1e-9);
  private static final Offset<Double> INTERVALS = within(1e-6);

  private static final Map<String, JsonNode> AUDITS = new HashMap<>();

  @TempDir static Path directory;

  static List<GoldenFile> files() {
    return GoldenFiles.in("fairness", "f");
  }

  private static JsonNode audit(GoldenFile file) throws IOException {
    JsonNode known = AUDITS.get(file.name());
    if (known == null) {
      known = audited(file);
      AUDITS.put(file.name(), known);
    }
    return known;
  }

  private static JsonNode audited(GoldenFile file) throws IOException {
    Path csv = directory.resolve(file.name() + ".csv");
    Files.write(csv, lines(file));
    TableRequest request = request(file);
    return TableJson.of(TableAudit.of(PredictionTable.read(csv, request), request));
  }

  private static List<String> lines(GoldenFile file) {
    List<String> names = List.copyOf(file.csv().columns());
    List<List<String>> columns = names.stream().map(file.csv()::column).toList();
    List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
    for (int i = 0; i < columns.get(0).size(); i++) {
      int row = i;
      lines.add(String.join(",", columns.stream().map(column -> column.get(row)).toList()));
    }
    return lines;
  }

  private static TableRequest request(GoldenFile file) {
    List<String> groups = texts(file.json().get("sensitive_columns"));
    String weight = file.json().get("weighted").asBoolean() ? "weight" : null;
    Map<String, List<String>> declared =
        Map.of(groups.get(0), texts(file.json().get("declared_groups")));
    return new TableRequest(
        "y_true", "y_pred", "score", weight, groups, null, null, Map.of(), declared, 2, List.of());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static String attribute(GoldenFile file) {
    return String.join("&", texts(file.json().get("sensitive_columns")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void metricsAreFairlearnsOrUndefined(GoldenFile file) throws IOException {
    JsonNode audit = audit(file);
    for (String family : List.of("labels", "scores")) {
      JsonNode expected = file.json().get("fairlearn").get(family);
      each(expected.get("overall"), (id, value) -> same(id, audit.get("overall").get(id), value));
      each(
          expected.get("by_group"),
          (id, groups) ->
              each(
                  groups,
                  (group, value) ->
                      same(group + " " + id, groups(audit, file, group).get(id), value)));
    }
  }

  private static JsonNode groups(JsonNode audit, GoldenFile file, String group) {
    return audit.get("groups").get(attribute(file)).get(group.replace('|', '&'));
  }

  @ParameterizedTest
  @MethodSource("files")
  void differencesAndRatiosAreFairlearns(GoldenFile file) throws IOException {
    JsonNode audit = audit(file);
    for (String family : List.of("labels", "scores")) {
      JsonNode expected = file.json().get("fairlearn").get(family);
      for (String kind : List.of("difference", "ratio")) {
        JsonNode found = audit.get(kind + "s").get(attribute(file));
        each(
            expected.get(kind + "_between_groups"),
            (id, value) -> {
              if (isComparable(found.get(id), file)) {
                same(id, found.get(id), value);
                same(
                    id + " to overall",
                    found.get(id).get("to_overall"),
                    expected.get(kind + "_to_overall").get(id));
              }
            });
      }
    }
  }

  /** Fairlearn compares zeros in place of what is undefined in groups that have rows. */
  private static boolean isComparable(JsonNode found, GoldenFile file) {
    List<String> counted = new ArrayList<>();
    file.json()
        .get("fairlearn")
        .get("labels")
        .get("by_group")
        .get("count")
        .fields()
        .forEachRemaining(
            e -> {
              if (e.getValue().asDouble() > 0) {
                counted.add(e.getKey().replace('|', '&'));
              }
            });
    return texts(found.get("undefined_groups")).stream().noneMatch(counted::contains);
  }

  @ParameterizedTest
  @MethodSource("files")
  void namedMeasuresAreFairlearns(GoldenFile file) throws IOException {
    JsonNode audit = audit(file);
    JsonNode differences = audit.get("differences").get(attribute(file));
    boolean isComparable =
        List.of("true_positive_rate", "false_positive_rate", "precision").stream()
            .allMatch(id -> isComparable(differences.get(id), file));
    if (!isComparable) {
      return;
    }
    JsonNode found = audit.get("fairness").get(attribute(file));
    JsonNode expected = file.json().get("fairlearn").get("named");
    for (String kind : List.of("difference", "ratio")) {
      for (String name : List.of("demographic_parity", "equal_opportunity")) {
        same(
            name,
            found.get(name + "_" + kind),
            expected.get(name + "_" + kind + "[between_groups]"));
      }
      same(
          "equalized odds",
          found.get("equalized_odds_" + kind),
          expected.get("equalized_odds_" + kind + "[between_groups,worst_case]"));
      same(
          "average odds",
          found.get("average_odds_" + kind),
          expected.get("equalized_odds_" + kind + "[between_groups,mean]"));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void impactRatiosAreTheFormulas(GoldenFile file) throws IOException {
    JsonNode found = audit(file).get("impact_ratios").get(attribute(file));
    JsonNode expected = file.json().get("nyc_ll144(formula)");
    List<String> excludable = texts(expected.get("may_exclude_below_2pct"));
    impact(found.get("selection"), expected.get("selection_rate"), expected.get("impact_ratio"));
    impact(
        found.get("scoring"), expected.get("scoring_rate"), expected.get("scoring_impact_ratio"));
    each(
        expected.get("share_of_rows"),
        (group, share) -> {
          JsonNode one = found.get("selection").get(group.replace('|', '&'));
          assertThat(one.get("share").asDouble()).isCloseTo(share.asDouble(), RATES);
          assertThat(one.get("below_2_percent").asBoolean()).isEqualTo(excludable.contains(group));
        });
  }

  private static void impact(JsonNode found, JsonNode rates, JsonNode ratios) {
    each(rates, (group, rate) -> same(group, found.get(group.replace('|', '&')).get("rate"), rate));
    each(
        ratios,
        (group, ratio) -> {
          JsonNode figure = found.get(group.replace('|', '&')).get("ratio");
          assertThat(figure.get("value").isNumber()).as(group).isEqualTo(ratio.isNumber());
          same(group, figure, ratio);
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void intervalsAreStatsmodels(GoldenFile file) throws IOException {
    if (file.json().get("weighted").asBoolean()) {
      // statsmodels leaves the weights out.
      return;
    }
    JsonNode audit = audit(file);
    JsonNode expected = file.json().get("statistics(statsmodels,scipy)");
    JsonNode groups = audit.get("groups").get("group");
    each(
        expected.get("wilson"),
        (group, ends) -> interval(group, groups.get(group).get("selection_rate"), ends));
    JsonNode difference = audit.get("differences").get("group").get("selection_rate");
    assertThat(difference.get("reference")).isEqualTo(expected.get("reference"));
    each(
        expected.get("vs_reference"),
        (group, values) -> {
          JsonNode pair = difference.get("to_reference").get(group);
          same(group, pair, values.get("diff"));
          interval(group, pair, values.get("newcombe_95"));
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyIntervalHoldsItsValueAndEveryDeclaredGroupIsThere(GoldenFile file) throws IOException {
    JsonNode audit = audit(file);
    assertThat(audit.findValues("low")).hasSizeGreaterThan(20);
    audit.findParents("low").forEach(TableGoldenTest::holds);
    String first = file.json().get("sensitive_columns").get(0).asText();
    Iterator<String> groups = audit.get("groups").get(first).fieldNames();
    List<String> found = new ArrayList<>();
    groups.forEachRemaining(found::add);
    assertThat(found).containsAll(texts(file.json().get("declared_groups")));
  }

  private static void holds(JsonNode figure) {
    double value = figure.get("value").asDouble();
    if (figure.get("low").isNumber()) {
      assertThat(figure.get("low").asDouble()).as(figure.toString()).isLessThan(value + 1e-12);
    }
    if (figure.get("high").isNumber()) {
      assertThat(figure.get("high").asDouble()).as(figure.toString()).isGreaterThan(value - 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void calibrationIsTheFormulas(GoldenFile file) throws IOException {
    if (!file.json().get("weighted").asBoolean()) {
      same(
          "ece",
          audit(file).get("overall").get("ece"),
          file.json().get("calibration(formula)").get("ece_10_equal_width"));
    }
  }

  private static void interval(String what, JsonNode figure, JsonNode ends) {
    assertThat(figure.get("low").asDouble()).as(what).isCloseTo(ends.get(0).asDouble(), INTERVALS);
    assertThat(figure.get("high").asDouble()).as(what).isCloseTo(ends.get(1).asDouble(), INTERVALS);
  }

  private static void same(String what, JsonNode figure, JsonNode expected) {
    if (figure.get("value").isNumber() && !Double.isNaN(expected.asDouble())) {
      assertThat(figure.get("value").asDouble()).as(what).isCloseTo(expected.asDouble(), RATES);
    }
  }

  private static void each(JsonNode object, BiConsumer<String, JsonNode> then) {
    object.fields().forEachRemaining(e -> then.accept(e.getKey(), e.getValue()));
  }
}
