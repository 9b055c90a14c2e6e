package dev.weir.app.drift;

import dev.weir.app.drift.ColumnDrift.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison of files as a person and as a program reads it. */
public final class DriftReport {
  private static final String[] TITLES = {
    "column",
    "type",
    "test",
    "statistic",
    "adjusted p",
    "PSI excess",
    "JS",
    "Wasserstein",
    "verdict"
  };

  private DriftReport() {}

  /** Returns the comparison for JSON; what is undefined is null. */
  public static Map<String, Object> toMap(FileComparison comparison, DriftRequest request) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("drift", comparison.isDrift());
    map.put("reference", request.reference().toString());
    map.put("current", request.current().toString());
    map.put("level", request.level());
    map.put("floor", request.floor());
    map.put("adjustment", "Benjamini-Hochberg");
    map.put("family", comparison.tests());
    map.put("onlyInReference", comparison.onlyInReference());
    map.put("onlyInCurrent", comparison.onlyInCurrent());
    map.put("columns", comparison.columns().stream().map(DriftReport::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(ColumnDrift column) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", column.column());
    map.put("type", column.type().text());
    map.put("verdict", column.verdict().text());
    map.put("reason", column.reason().isEmpty() ? null : column.reason());
    map.put("reference", column.reference());
    map.put("current", column.current());
    map.put("missingInReference", column.missingInReference());
    map.put("missingInCurrent", column.missingInCurrent());
    map.put("values", toMap(column.values()));
    map.put("missing", toMap(column.missing()));
    return map;
  }

  private static @Nullable Map<String, Object> toMap(@Nullable Difference difference) {
    if (difference == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("test", difference.test());
    map.put("statistic", difference.statistic());
    map.put("pValue", difference.pValue());
    map.put("adjustedPValue", difference.adjusted());
    map.put("psi", difference.psi());
    map.put("psiWithoutDrift", difference.psiWithoutDrift());
    map.put("psiRule", difference.psiRule());
    map.put("jensenShannon", difference.jensenShannon());
    map.put(
        "wasserstein", Double.isNaN(difference.wasserstein()) ? null : difference.wasserstein());
    map.put("isDrift", difference.isDrift());
    return map;
  }

  /** Returns the comparison as lines of a table. */
  public static List<String> toLines(FileComparison comparison, DriftRequest request) {
    List<String[]> cells = new ArrayList<>();
    cells.add(TITLES);
    for (ColumnDrift column : comparison.columns()) {
      cells.add(row(column, column.values(), column.column(), column.type().text()));
      if (column.missing() != null) {
        cells.add(row(column, column.missing(), "  missing cells", ""));
      }
    }
    List<String> lines = new ArrayList<>(aligned(cells));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Drift: adjusted p (Benjamini-Hochberg over %d tests) <= %s and a PSI excess of at"
                + " least %s.",
            comparison.tests(),
            request.level(),
            request.floor()));
    lines.add(
        "PSI excess: the index over deciles of the reference, or over values, less what chance"
            + " alone gives.");
    long drifted =
        comparison.columns().stream()
            .filter(each -> each.verdict() == ColumnDrift.Verdict.DRIFT)
            .count();
    lines.add(
        String.format(
            Locale.ROOT, "%d of %d columns have drifted.", drifted, comparison.columns().size()));
    return lines;
  }

  private static String[] row(
      ColumnDrift column, @Nullable Difference difference, String name, String type) {
    if (difference == null) {
      String why = column.reason() + (column.missing() == null ? "" : "; missing cells are");
      return new String[] {name, type, "", "", "", "", "", "", "not tested: " + why};
    }
    String verdict =
        difference.isDrift() ? "DRIFT" : difference.isSignificant() ? "negligible" : "no drift";
    return new String[] {
      name,
      type,
      difference.test(),
      number("%.4g", difference.statistic()),
      number("%.2g", difference.adjusted()),
      number("%.3f", difference.excess()),
      number("%.3f", difference.jensenShannon()),
      Double.isNaN(difference.wasserstein()) ? "" : number("%.4g", difference.wasserstein()),
      verdict
    };
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static List<String> aligned(List<String[]> cells) {
    int[] widths = new int[TITLES.length];
    for (String[] row : cells) {
      for (int i = 0; i < row.length - 1; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length - 1; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      lines.add(line.append(row[row.length - 1]).toString().stripTrailing());
    }
    return lines;
  }
}
