package dev.weir.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo's summary for the terminal. */
public final class DemoTable {
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
    lines.add("");
    lines.add("version  verdict                promoted  training energy");
    for (DemoReport.Version v : report.versions()) {
      lines.add(
          format(
              "v%-7d %-22s %-9s %6.0f J (%s)%s",
              v.version(),
              v.verdict(),
              v.promoted() ? "yes" : "no",
              v.joules(),
              v.energyMethod(),
              v.sabotaged() ? "  sabotaged on purpose" : ""));
      v.reasons().forEach(reason -> lines.add("           " + reason));
    }
    DemoReport.Brier brier = report.brier();
    if (brier != null) {
      lines.addAll(brierLines(brier));
    }
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
    return lines;
  }

  private static List<String> brierLines(DemoReport.Brier brier) {
    return List.of(
        "",
        format("Brier score on %d flights, %s to %s:", brier.rows(), brier.from(), brier.to()),
        format("  stale model          %.4f", brier.stale()),
        format("  retrained model      %.4f", brier.retrained()),
        format("  online 24 h base rate %.4f", brier.onlineBaseRate()),
        format(
            "  gain over stale      %.4f, 95 %% interval [%.4f, %.4f] in pairs",
            brier.gain(), brier.gainLower(), brier.gainUpper()),
        "");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
