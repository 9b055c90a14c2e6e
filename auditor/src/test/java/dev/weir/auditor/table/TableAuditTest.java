package dev.weir.auditor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableAuditTest {
  private static final String HEADER = "g,h,y,d,p,w\n";

  @TempDir Path directory;

  private TableReport audit(String text, TableRequest request) throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), text);
    return TableAudit.of(PredictionTable.read(file, request), request);
  }

  private TableReport audit(String rows) throws IOException {
    return audit(HEADER + rows, request("g"));
  }

  private static TableRequest request(String... groups) {
    return new TableRequest(
        "y", "d", "p", "w", List.of(groups), null, null, Map.of(), Map.of(), 2, List.of());
  }

  private static TableRequest words(String positive) {
    return new TableRequest(
        "y", "d", null, null, List.of("g"), positive, null, Map.of(), Map.of(), 2, List.of());
  }

  private static TableRequest numbers() {
    return new TableRequest(
        "y", "d", null, null, List.of("g"), null, null, Map.of(), Map.of(), 2, List.of());
  }

  private static Figure figure(TableReport report, String group, String metric) {
    return report.attributes().get(0).groups().get(group).metrics().get(metric);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,x,1,1,.5,1;a,x,1,1,high,1 | line 3: column p holds 'high', which is no number",
        "a,x,1,1,NaN,1               | line 2: column p holds NaN, which is no finite number",
        "a,x,1,1,,1                  | line 2: column p is empty",
        "a,x,yes,1,.5,1              | words need --positive",
        "a,x,1,1,.5,-2               | line 2: column w holds -2, which must be >= 0",
        "a,x,1,1,.5,0                | every weight in column w is 0",
        "a,x,1,1,.5                  | line 2: the row has 5 cells, the header has 6",
        "a,x,1,.5,.5,1               | a decision is 0 or 1; give probabilities by --score",
        "a,x,2,1,.5,1                | a label is 0 or 1; name the favourable value by --positive",
        "''                          | the file has a header and no rows"
      })
  void aBadRowIsNamedWithItsLineAndColumn(String rows, String message) {
    assertThatThrownBy(() -> audit(rows.replace(";", "\n")))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyFileIsNamed() {
    assertThatThrownBy(() -> audit("", numbers()))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("the file is empty");
  }

  @Test
  void aMissingColumnNamesThoseThereAre() {
    assertThatThrownBy(() -> audit(HEADER + "a,x,1,1,.5,1\n", request("g", "race")))
        .hasMessage("there is no column race; the file has g, h, y, d, p, w");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThatThrownBy(() -> audit("g,y,d,d\na,1,1,0\n", numbers()))
        .hasMessageContaining("two columns are named 'd'");
  }

  @Test
  void moreGroupsThanATableCanShowAreRefusedWithTheirNumber() {
    String rows =
        IntStream.range(0, 1500)
            .mapToObj(i -> "id" + i + ",x,1,1,.5,1")
            .collect(Collectors.joining("\n"));
    assertThatThrownBy(() -> audit(rows))
        .hasMessageStartingWith("column g has 1500 groups, at most 1000 can be audited");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,x,1,1,.5,1;b,x,1,0,.4,1 | all labels in column y are 1",
        "a,x,1,1,.5,1;b,x,0,1,.6,1 | all decisions in column d are 1",
        "a,x,1,1,.5,1;a,x,0,0,.4,1 | column g has one group only",
        "a,x,1,1,.5,0;b,x,0,0,.4,1 | 1 rows weigh 0",
        "a,x,,1,.5,1;b,x,0,0,.4,1  | 1 of 2 rows have no label",
        "a,x,,1,.5,1;b,x,,0,.4,1   | no row has a label",
        "a,x,1,1,7,1;b,x,0,0,.4,1  | lie outside [0, 1]",
        "_,x,1,1,.5,1;b,x,0,0,.4,1 | column g is empty in some rows"
      })
  void whatLimitsTheAuditIsAWarning(String rows, String warning) throws IOException {
    assertThat(audit(rows.replace("_", "").replace(";", "\n")).warnings())
        .anyMatch(found -> found.contains(warning));
  }

  @Test
  void oneGroupDiffersFromNobody() throws IOException {
    TableReport report = audit("a,x,1,1,.5,1\na,x,0,0,.4,1\n");
    Figure between = report.attributes().get(0).differences().get("selection_rate").between();
    assertThat(between.value()).isNull();
    assertThat(between.low()).isNull();
  }

  @Test
  void missingLabelsAreCountedByGroupWithWorstCases() throws IOException {
    TableReport report = audit("a,x,1,1,.5,1\na,x,,0,.4,1\nb,x,0,0,.2,1\n");
    TableReport.GroupReport a = report.attributes().get(0).groups().get("a");
    assertThat(a.unlabelled()).isEqualTo(1);
    assertThat(a.worstCase().get("true_positive_rate").lower()).isEqualTo(0.5);
    assertThat(a.worstCase().get("true_positive_rate").upper()).isEqualTo(1);
    assertThat(a.worstCase()).doesNotContainKey("selection_rate");
    assertThat(a.worstCase().get("brier").lower()).isCloseTo((.25 + .16) / 2, within(1e-12));
    assertThat(a.worstCase().get("brier").upper()).isCloseTo((.25 + .36) / 2, within(1e-12));
    assertThat(a.worstCase().get("calibration_gap").lower())
        .isCloseTo((-.5 - .6) / 2, within(1e-12));
    assertThat(a.worstCase().get("calibration_gap").upper())
        .isCloseTo((-.5 + .4) / 2, within(1e-12));
  }

  @Test
  void wordsAreLabelsAndDecisionsAreWordsOrBits() throws IOException {
    TableReport words = audit("g,y,d\na,>50K,>50K\nb,<=50K,<=50K\n", words(">50K"));
    TableReport bits = audit("g,y,d\na,>50K,1\nb,<=50K,0\n", words(">50K"));
    for (TableReport each : List.of(words, bits)) {
      assertThat(each.overall().get("accuracy").value()).isEqualTo(1);
      assertThat(each.overall().get("base_rate").value()).isEqualTo(0.5);
    }
    assertThatThrownBy(() -> audit("g,y,d\na,>50K,1\nb,<=50K,0\n", words("rich")))
        .hasMessage("column y never holds 'rich'; it holds '>50K', '<=50K'");
  }

  @Test
  void aThresholdMakesDecisionsOfScores() throws IOException {
    TableRequest request =
        new TableRequest(
            "y", null, "p", null, List.of("g"), null, 0.5, Map.of(), Map.of(), 2, List.of());
    TableReport report = audit("g,y,p\na,1,0.5\nb,0,0.49\n", request);
    assertThat(figure(report, "a", "selection_rate").value()).isEqualTo(1);
    assertThat(figure(report, "b", "selection_rate").value()).isEqualTo(0);
  }

  /** Errors 1, 2, 3 of a: mean 2, standard error 1/√3, t(0.975; 2) = 4.302653. */
  @Test
  void numbersAreARegression() throws IOException {
    TableReport report = audit("g,y,d\na,10,11\na,10,12\na,10,13\nb,5,5\nb,5,4\n", numbers());
    assertThat(report.task()).isEqualTo("regression");
    Figure error = figure(report, "a", "mean_error");
    assertThat(error.value()).isEqualTo(2);
    assertThat(error.high()).isCloseTo(2 + 4.302653 / Math.sqrt(3), within(1e-6));
    assertThat(figure(report, "a", "root_mean_squared_error").value())
        .isCloseTo(Math.sqrt(14.0 / 3), within(1e-12));
    assertThat(report.attributes().get(0).differences().get("mean_error").between().value())
        .isEqualTo(2.5);
    assertThat(report.attributes().get(0).ratios()).doesNotContainKey("mean_error");
  }

  /** The median of 1, 2, 3, 4 is 2.5: half of a is above it, and half of b. */
  @Test
  void predictedNumbersHaveScoringRatiosOnly() throws IOException {
    TableReport report = audit("g,y,d\na,10,1\na,10,4\nb,5,2\nb,5,3\n", numbers());
    Map<String, Map<String, TableReport.Impact>> impact = report.attributes().get(0).impact();
    assertThat(impact).containsOnlyKeys("scoring");
    assertThat(impact.get("scoring").get("b").rate().value()).isEqualTo(0.5);
    assertThat(impact.get("scoring").get("b").ratio().value()).isEqualTo(1);
  }

  @Test
  void impactRatiosCountRowsWithoutALabelAndShowGroupsWithoutRows() throws IOException {
    TableRequest request =
        new TableRequest(
            "y",
            "d",
            null,
            "w",
            List.of("g"),
            null,
            null,
            Map.of(),
            Map.of("g", List.of("z")),
            2,
            List.of());
    TableReport report =
        audit(HEADER + "a,x,1,1,.5,1\na,x,,0,.4,9\nb,x,0,1,.2,1\nb,x,,1,.2,1\n", request);
    Map<String, TableReport.Impact> impact = report.attributes().get(0).impact().get("selection");
    assertThat(impact.get("a").ratio().value()).isEqualTo(0.5);
    assertThat(impact.get("b").ratio().value()).isEqualTo(1);
    assertThat(impact.get("z").ratio().value()).isNull();
    assertThat(TableText.of(report))
        .anyMatch(line -> line.startsWith("impact ratios (LL 144)"))
        .anyMatch(line -> line.matches("a +0[.]500 .*0[.]500 .* 0[.]500"));
    assertThat(TableHtml.of(report, "t")).contains("Impact ratios of Local Law 144, selection");
  }

  @Test
  void impactRatiosAreUndefinedWhereNobodyIsSelected() throws IOException {
    TableReport report = audit("a,x,1,0,.5,1\nb,x,0,0,.4,1\n");
    JsonNode ratio = TableJson.of(report).at("/impact_ratios/g/selection/a/ratio");
    assertThat(ratio.get("value").isNull()).isTrue();
    assertThat(ratio.get("high").isNull()).isTrue();
  }

  @Test
  void theReferenceIsTheLargestGroupOrTheNamedOne() throws IOException {
    String rows = HEADER + "a,x,1,1,.5,1\nb,x,0,0,.4,1\nb,x,1,0,.4,1\n";
    assertThat(audit(rows, request("g")).attributes().get(0).reference()).isEqualTo("b");
    TableRequest named =
        new TableRequest(
            "y",
            "d",
            null,
            null,
            List.of("g"),
            null,
            null,
            Map.of("g", "a"),
            Map.of(),
            2,
            List.of());
    assertThat(audit(rows, named).attributes().get(0).reference()).isEqualTo("a");
    TableRequest unknown =
        new TableRequest(
            "y",
            "d",
            null,
            null,
            List.of("g"),
            null,
            null,
            Map.of("g", "z"),
            Map.of(),
            2,
            List.of());
    assertThatThrownBy(() -> audit(rows, unknown))
        .hasMessageContaining("names the group z of g, which has a, b");
  }

  @Test
  void cellsWithCommasAndQuotesAreReadAndEscaped() throws IOException {
    TableReport report = audit("g,y,d\n\"<b>, \"\"x\"\"\",1,1\nplain,0,0\n", numbers());
    String html = TableHtml.of(report, "<title>");
    assertThat(html).contains("&lt;b&gt;, &quot;x&quot;", "Audit of &lt;title&gt;");
    assertThat(html).doesNotContain("<b>", "<script", "http://", "https://");
  }

  @Test
  void undefinedIsNullInJsonAndAWordInText() throws IOException {
    TableReport report = audit("a,x,1,1,.5,1\nb,x,0,0,.4,1\n");
    JsonNode undefined = TableJson.of(report).at("/groups/g/b/true_positive_rate");
    assertThat(undefined.get("value").isNull()).isTrue();
    assertThat(TableText.of(report))
        .anyMatch(line -> line.startsWith("b  ") && line.contains("undefined"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void intersectionsGoAsDeepAsAsked(int depth) throws IOException {
    TableRequest request =
        new TableRequest(
            "y",
            "d",
            null,
            null,
            List.of("g", "h", "w"),
            null,
            null,
            Map.of(),
            Map.of(),
            depth,
            List.of());
    TableReport report = audit(HEADER + "a,x,1,1,.5,1\nb,z,0,0,.4,2\n", request);
    List<String> names =
        report.attributes().stream().map(TableReport.AttributeReport::name).toList();
    List<String> all = List.of("g", "h", "w", "g&h", "g&w", "h&w", "g&h&w");
    assertThat(names).isEqualTo(all.subList(0, depth == 1 ? 3 : depth == 2 ? 6 : 7));
  }
}
