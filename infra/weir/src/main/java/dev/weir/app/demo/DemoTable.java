package dev.weir.app.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The demo's summary for the terminal. */
public final class DemoTable {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final String INDENT = "           ";

  private DemoTable() {}

  /** Returns the lines of the summary. */
  public static List<String> lines(DemoReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        format(
            "%,d flights, %,d examples, %,d duplicates dropped, %,d never labelled, %d dead letters",
            report.events(),
            report.examples(),
            report.duplicates(),
            report.neverLabelled(),
            report.deadLetters()));
    addVersions(lines, report.versions());
    addRates(lines, report.versions());
    addBrier(lines, report);
    addEnd(lines, report);
    return lines;
  }

  private static void addVersions(List<String> lines, List<DemoReport.Version> versions) {
    lines.add("");
    lines.add("version  verdict                promoted  training energy");
    for (DemoReport.Version v : versions) {
      lines.add(
          format(
              "v%-7d %-22s %-9s %s%s",
              v.version(),
              v.verdict(),
              v.promoted() ? "yes" : "no",
              energy(v),
              v.sabotaged() ? "  sabotaged on purpose" : ""));
      v.reasons().forEach(reason -> lines.add(INDENT + reason));
      v.warnings().forEach(warning -> lines.add(INDENT + warning));
    }
  }

  private static String energy(DemoReport.Version v) {
    return v.joules() == null
        ? "      - (failed)"
        : format("%6.0f J (%s)", v.joules(), v.energyMethod());
  }

  /** One row for each group, one column for each version. */
  private static void addRates(List<String> lines, List<DemoReport.Version> versions) {
    List<String> groups =
        versions.stream()
            .flatMap(v -> v.rates().stream())
            .map(DemoReport.GroupRates::group)
            .distinct()
            .toList();
    if (groups.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Selected, true and false positives at the decision threshold, % of held-out rows:");
    StringBuilder head = new StringBuilder(format("  %-22s", ""));
    versions.forEach(v -> head.append(format("  %-11s", "v" + v.version())));
    lines.add(head.toString().stripTrailing());
    for (String group : groups) {
      StringBuilder row = new StringBuilder(format("  %-22s", group));
      versions.forEach(v -> row.append("  ").append(cell(v, group)));
      lines.add(row.toString());
    }
  }

  private static String cell(DemoReport.Version version, String group) {
    return version.rates().stream()
        .filter(rates -> rates.group().equals(group))
        .map(
            r ->
                percent(r.selectionRate())
                    + " "
                    + percent(r.truePositiveRate())
                    + " "
                    + percent(r.falsePositiveRate()))
        .findFirst()
        .orElse(format("%11s", ""));
  }

  private static String percent(@Nullable Double rate) {
    return rate == null ? "  –" : format("%3.0f", 100 * rate);
  }

  private static void addBrier(List<String> lines, DemoReport report) {
    DemoReport.Brier brier = report.brier();
    if (brier == null) {
      return;
    }
    List<Integer> promoted =
        report.versions().stream()
            .filter(DemoReport.Version::promoted)
            .map(DemoReport.Version::version)
            .toList();
    DemoReport.Gains gains = brier.gains();
    lines.add("");
    lines.add(
        format(
            "%,d flights of %s to %s:   Brier   retrained gains, 95 %% interval in pairs",
            brier.rows(), DAY.format(brier.from()), DAY.format(lastDay(brier.to()))));
    lines.add(baseline("v" + promoted.get(0) + ", stale", brier.stale(), gains.overStale()));
    lines.add(format("  %-29s %.4f", "v" + promoted.get(1) + ", retrained", brier.retrained()));
    lines.add(
        baseline("online base rate, 24 hours", brier.onlineBaseRate(), gains.overOnlineBaseRate()));
    lines.add(
        baseline(
            "base rate v" + promoted.get(1) + " trained on",
            brier.trainingBaseRate(),
            gains.overTrainingBaseRate()));
  }

  /** The period ends before {@code end}. */
  private static Instant lastDay(Instant end) {
    return end.minusNanos(1);
  }

  private static String baseline(String name, double brier, DemoReport.Gain gain) {
    return format(
        "  %-29s %.4f  %+.4f  [%+.4f, %+.4f]",
        name, brier, gain.value(), gain.lower(), gain.upper());
  }

  private static void addEnd(List<String> lines, DemoReport report) {
    lines.add("");
    Double served = report.driftToServedSeconds();
    Double waited = report.waitedForLabelsSeconds();
    if (served != null && waited != null) {
      lines.add(
          format(
              "From alarm to the first prediction of the new model: %.1f s, of it %.1f s waiting"
                  + " for labels.",
              served, waited));
    }
    lines.add(
        format(
            "%d certificates verified. %.0f s in all.",
            report.certificatesVerified(), report.wallSeconds()));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
