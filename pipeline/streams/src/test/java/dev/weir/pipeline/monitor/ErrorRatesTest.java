package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often the monitors cry wolf, and what they see: the tables of {@code docs/monitors.md}. */
class ErrorRatesTest {
  private static final Path PAGE = Path.of("../../docs/monitors.md");
  private static final int WEEKS = 500;
  private static final int RUNS = 100;
  private static final String NONE =
      "level: 0.05, performance: {brierRise: 0, aucFall: 0, calibrationRise: 0}";

  @Test
  void inAWeekWithoutAChangeDriftAndQualityAlarmNoMoreOftenThanTheirLevelSays() {
    List<String> lines = ErrorRates.rows(40, 0);

    // At 5 %, six or more of 40 weeks have a chance of 1.4 %; these are always the same weeks.
    assertThat(cells(lines.get(0))).hasSize(2).allMatch(each -> each <= 12.5);
    assertThat(cells(lines.get(1))).containsOnly(0.0);
  }

  private static List<Double> cells(String line) {
    String last = line.substring(line.lastIndexOf('|', line.length() - 2) + 1, line.length() - 1);
    List<Double> cells = new ArrayList<>();
    for (String each : last.split(",", -1)) {
      cells.add(Double.parseDouble(each.replace("%", "").strip()));
    }
    return cells;
  }

  @Test
  void performanceAlarmsNoMoreOftenThanItsLevelSays() {
    assertThat(cells(ErrorRates.performance(20, NONE, "5 %, none"))).allMatch(each -> each <= 12);
  }

  @Test
  void linesOfPowerAreThoseOfThePage() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(
            ErrorRates.power(RUNS, "number shifted by 0.5 sd", new Weeks.Shift(0.5, 0, 0)),
            ErrorRates.performancePower(RUNS, "half of the labels are coins", 0, 0.5),
            ErrorRates.fairness(RUNS, 0.4));
  }

  @Test
  @Tag("nightly")
  void everyLineOfThePageIsThatOfTheSimulation() throws IOException {
    List<String> lines = allLines();
    assertThat(Files.readString(PAGE)).contains(lines);
  }

  private static List<String> allLines() {
    List<String> lines = new ArrayList<>();
    for (double dayEffect : new double[] {0, 0.1, 0.3}) {
      lines.addAll(ErrorRates.rows(WEEKS, dayEffect));
    }
    lines.add(ErrorRates.performance(WEEKS, NONE, "5 %, none"));
    lines.add(ErrorRates.performance(WEEKS, "", "default"));
    for (double shift : new double[] {0.25, 0.35, 0.5, 0.75}) {
      String what = "number shifted by " + shift + " sd";
      lines.add(ErrorRates.power(RUNS, what, new Weeks.Shift(shift, 0, 0)));
    }
    lines.add(
        ErrorRates.power(RUNS, "10 % more of the rarest category", new Weeks.Shift(0, 0.1, 0)));
    lines.add(
        ErrorRates.power(RUNS, "20 % more of the rarest category", new Weeks.Shift(0, 0.2, 0)));
    lines.add(ErrorRates.power(RUNS, "2 % more missing", new Weeks.Shift(0, 0, 0.02)));
    lines.add(ErrorRates.power(RUNS, "4 % more missing", new Weeks.Shift(0, 0, 0.04)));
    lines.add(ErrorRates.performancePower(RUNS, "logit of the truth shifted by 0.5", 0.5, 0));
    lines.add(ErrorRates.performancePower(RUNS, "logit of the truth shifted by 1", 1, 0));
    lines.add(ErrorRates.performancePower(RUNS, "a quarter of the labels are coins", 0, 0.25));
    lines.add(ErrorRates.performancePower(RUNS, "half of the labels are coins", 0, 0.5));
    for (double gap : new double[] {0, 0.2, 0.25, 0.3, 0.4}) {
      lines.add(ErrorRates.fairness(RUNS, gap));
    }
    return lines;
  }
}
