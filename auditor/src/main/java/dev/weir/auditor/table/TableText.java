package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.AttributeReport;
import dev.weir.auditor.table.TableReport.Comparison;
import dev.weir.auditor.table.TableReport.GroupReport;
import dev.weir.auditor.table.TableReport.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit of a table as plain text for a terminal. */
public final class TableText {
  private static final int METRICS_BESIDE = 3;
  private static final int MOST_GROUPS = 40;

  private final List<String> lines = new ArrayList<>();

  private TableText() {}

  /** Returns the lines of the report. */
  public static List<String> of(TableReport report) {
    TableText text = new TableText();
    text.head(report);
    report.attributes().forEach(text::attribute);
    return text.lines;
  }

  private void head(TableReport report) {
    String labels =
        report.unlabelled() > 0
            ? ", " + FigureText.count(report.unlabelled()) + " without a label"
            : "";
    lines.add(
        report.task()
            + ", "
            + FigureText.count(report.rows())
            + " rows"
            + labels
            + (report.isWeighted() ? ", weighted" : "")
            + "; ["
            + "low, high] are 95 % intervals");
    lines.add("");
    grid(figures("all rows", report.overall()));
    if (!report.inequality().isEmpty()) {
      lines.add("");
      grid(figures("inequality", report.inequality()));
    }
  }

  private static List<List<String>> figures(String title, Map<String, Figure> figures) {
    List<List<String>> rows = new ArrayList<>(List.of(List.of(title, "value", "n")));
    figures.forEach(
        (id, figure) -> rows.add(List.of(id, FigureText.of(figure), FigureText.count(figure.n()))));
    return rows;
  }

  private void attribute(AttributeReport attribute) {
    lines.add("");
    lines.add("== " + attribute.name() + " ==");
    if (attribute.groups().size() > MOST_GROUPS) {
      lines.add(attribute.groups().size() + " groups: see --json or --html for each of them");
    } else {
      groups(attribute);
    }
    lines.add("");
    grid(comparisons(attribute));
    if (!attribute.fairness().isEmpty()) {
      lines.add("");
      grid(figures("between groups", attribute.fairness()));
    }
    if (attribute.groups().size() <= MOST_GROUPS) {
      attribute.impact().forEach(this::impact);
    }
  }

  private void impact(String kind, Map<String, Impact> groups) {
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("impact ratios (LL 144)", kind + " rate", "impact ratio", "share of rows"));
    groups.forEach((name, impact) -> rows.add(FigureText.impact(name, impact)));
    grid(rows);
  }

  private void groups(AttributeReport attribute) {
    List<String> metrics =
        attribute.groups().values().stream()
            .flatMap(group -> group.metrics().keySet().stream())
            .distinct()
            .toList();
    for (int from = 0; from < metrics.size(); from += METRICS_BESIDE) {
      List<String> beside = metrics.subList(from, Math.min(metrics.size(), from + METRICS_BESIDE));
      List<List<String>> rows = new ArrayList<>();
      List<String> head = new ArrayList<>(List.of("group"));
      head.addAll(beside);
      rows.add(head);
      attribute.groups().forEach((name, group) -> rows.add(row(name, group, beside)));
      grid(rows);
      lines.add("");
    }
    worstCases(attribute);
  }

  private static List<String> row(String name, GroupReport group, List<String> metrics) {
    List<String> row = new ArrayList<>(List.of(name));
    metrics.forEach(
        id -> row.add(FigureText.of(group.metrics().getOrDefault(id, Figure.undefined(0)))));
    return row;
  }

  private void worstCases(AttributeReport attribute) {
    List<List<String>> rows =
        new ArrayList<>(List.of(List.of("rows without a label", "metric", "worst case")));
    attribute
        .groups()
        .forEach(
            (name, group) ->
                group
                    .worstCase()
                    .forEach(
                        (id, bounds) ->
                            rows.add(
                                List.of(
                                    name + ": " + FigureText.count(group.unlabelled()),
                                    id,
                                    FigureText.number(bounds.lower())
                                        + " to "
                                        + FigureText.number(bounds.upper())))));
    if (rows.size() > 1) {
      grid(rows);
    }
  }

  private static List<List<String>> comparisons(AttributeReport attribute) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("largest against smallest", "difference", "ratio", "groups"));
    attribute
        .differences()
        .forEach(
            (id, difference) -> rows.add(comparison(id, difference, attribute.ratios().get(id))));
    return rows;
  }

  private static List<String> comparison(
      String id, Comparison difference, @Nullable Comparison ratio) {
    String groups =
        difference.largest() == null
            ? FigureText.NONE
            : difference.largest() + " / " + difference.smallest();
    return List.of(
        id,
        FigureText.of(difference.between()),
        ratio == null ? FigureText.NONE : FigureText.of(ratio.between()),
        groups);
  }

  /** Adds rows in columns as wide as their widest cell. */
  private void grid(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
  }
}
