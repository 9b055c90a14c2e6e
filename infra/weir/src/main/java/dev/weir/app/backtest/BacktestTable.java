package dev.weir.app.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A backtest's report for the terminal. */
public final class BacktestTable {
  private static final String INDENT = "           ";

  private BacktestTable() {}

  /** Returns the lines. */
  public static List<String> lines(BacktestReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        format(
            "%,d rows, %,d with a label, %,d of them decided by a version (%s %%)",
            report.events(),
            report.labelled(),
            report.served().events(),
            percent(report.served().share())));
    addDropped(lines, report);
    addScores(lines, report);
    addAlarms(lines, report.alarms());
    addVersions(lines, report.versions());
    lines.add("");
    lines.add(
        format(
            "%.0f s, %.0f events/s, %.0f J (%s)",
            report.wallSeconds(),
            report.eventsPerSecond(),
            report.joules(),
            report.energyMethod()));
    return lines;
  }

  private static void addDropped(List<String> lines, BacktestReport report) {
    for (String each :
        List.of("duplicates", "duplicateRows", "tooLate", "expired", "deadLetters")) {
      long count = report.counts().getOrDefault(each, 0L);
      if (count > 0) {
        lines.add(format("  %s: %,d", each, count));
      }
    }
  }

  private static void addScores(List<String> lines, BacktestReport report) {
    BacktestReport.Served served = report.served();
    lines.add("");
    lines.add("prequential           all labelled rows   decided by a version");
    add(lines, "accuracy %", percent(report.accuracy()), percent(served.accuracy()));
    add(
        lines,
        "  no change %",
        percent(report.noChangeAccuracy()),
        percent(served.noChangeAccuracy()));
    add(lines, "  majority %", percent(report.majorityAccuracy()), "");
    add(lines, "kappa", number(report.kappa()), number(served.kappa()));
    add(lines, "kappa-temporal", number(report.kappaTemporal()), number(served.kappaTemporal()));
    add(lines, "log-loss, nats", number(report.logLoss()), number(served.logLoss()));
    add(lines, "Brier score", number(report.brier()), number(served.brier()));
    add(lines, "AUC", number(report.auc()), number(served.auc()));
    if (served.events() < report.labelled()) {
      lines.add("Rows without a model are decided by the majority of the labels known by then.");
    }
  }

  private static void add(List<String> lines, String name, String all, String served) {
    lines.add(format("%-20s %18s %22s", name, all, served).stripTrailing());
  }

  private static void addAlarms(List<String> lines, List<BacktestReport.Alarm> alarms) {
    lines.add("");
    lines.add(alarms.isEmpty() ? "no alarms" : format("%d alarms", alarms.size()));
    for (BacktestReport.Alarm alarm : alarms) {
      lines.add(
          format(
              "  %s  %s sees the %s of v%d change",
              alarm.eventTime(), alarm.detector(), alarm.signal(), alarm.version()));
    }
  }

  private static void addVersions(List<String> lines, List<BacktestReport.Version> versions) {
    lines.add("");
    if (versions.isEmpty()) {
      lines.add("no training was asked for; see triggers in the spec");
      return;
    }
    lines.add(
        "version  asked for at          by        verdict                outcome      decided  accuracy %       J");
    for (BacktestReport.Version v : versions) {
      lines.add(
          format(
              "%-8s %-21s %-9s %-22s %-11s %8d %11s %7s",
              v.version() == 0 ? "-" : "v" + v.version(),
              v.requestedAt(),
              v.trigger(),
              v.verdict(),
              v.outcome() == null ? "-" : v.outcome(),
              v.decided(),
              percent(v.accuracy()),
              v.joules() == null ? "-" : format("%.0f", v.joules())));
      v.reasons().forEach(reason -> lines.add(INDENT + reason));
      v.warnings().forEach(warning -> lines.add(INDENT + warning));
    }
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : format("%.2f", 100 * share);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : format("%.4f", value);
  }

  private static String format(String text, @Nullable Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }
}
