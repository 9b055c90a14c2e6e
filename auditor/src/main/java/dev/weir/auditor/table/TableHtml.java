package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.AttributeReport;
import dev.weir.auditor.table.TableReport.Comparison;
import dev.weir.auditor.table.TableReport.GroupReport;
import dev.weir.auditor.table.TableReport.Impact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The audit of a table as one HTML page: no script, nothing loaded, light and dark. */
public final class TableHtml {
  private static final int MOST_PLOTTED = 60;
  private static final List<String> PLOTTED =
      List.of("selection_rate", "true_positive_rate", "false_positive_rate", "mean_error");

  private final StringBuilder html = new StringBuilder();

  private TableHtml() {}

  /**
   * Returns the page.
   *
   * @param title what was audited, for example the file's name
   */
  public static String of(TableReport report, String title) {
    TableHtml page = new TableHtml();
    page.head(report, title);
    report.attributes().forEach(page::attribute);
    return page.html.append("</main></body></html>\n").toString();
  }

  private void head(TableReport report, String title) {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>Audit of ")
        .append(Html.escape(title))
        .append("</title><style>\n")
        .append(style())
        .append("</style></head><body><main>\n<h1>Audit of ")
        .append(Html.escape(title))
        .append("</h1>\n<p>")
        .append(Html.escape(summary(report)))
        .append("</p>\n");
    report
        .warnings()
        .forEach(
            warning ->
                html.append("<p class=\"warning\">Note: ")
                    .append(Html.escape(warning))
                    .append(".</p>\n"));
    html.append(figures("All rows", report.overall()));
    if (!report.inequality().isEmpty()) {
      html.append(figures("Inequality of benefits", report.inequality()));
    }
  }

  private static String summary(TableReport report) {
    return FigureText.count(report.rows())
        + " rows"
        + (report.isWeighted() ? ", weighted" : "")
        + ", "
        + FigureText.count(report.unlabelled())
        + " of them without a label. Brackets are 95 % intervals. What is undefined is called so,"
        + " and is not 0.";
  }

  private static String style() {
    try (InputStream css = TableHtml.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String figures(String caption, Map<String, Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    figures.forEach(
        (id, figure) -> rows.add(List.of(id, FigureText.of(figure), FigureText.count(figure.n()))));
    return Html.table(caption, List.of("metric", "value", "rows"), rows);
  }

  private void attribute(AttributeReport attribute) {
    html.append("<section><h2>").append(Html.escape(attribute.name())).append("</h2>\n");
    if (attribute.groups().size() <= MOST_PLOTTED) {
      PLOTTED.stream()
          .filter(metric -> attribute.differences().containsKey(metric))
          .forEach(metric -> plot(attribute, metric));
    }
    html.append(comparisons(attribute));
    if (!attribute.fairness().isEmpty()) {
      html.append(figures("Named measures between groups", attribute.fairness()));
    }
    attribute.impact().forEach(this::impact);
    html.append("<details><summary>Every metric of every group (")
        .append(attribute.groups().size())
        .append(" groups)</summary>\n");
    attribute.groups().forEach(this::group);
    html.append("</details></section>\n");
  }

  private void impact(String kind, Map<String, Impact> groups) {
    List<List<String>> rows = new ArrayList<>();
    groups.forEach((name, impact) -> rows.add(FigureText.impact(name, impact)));
    html.append(
        Html.table(
            "Impact ratios of Local Law 144, " + kind,
            List.of("group", kind + " rate", "impact ratio", "share of rows"),
            rows));
  }

  private void plot(AttributeReport attribute, String metric) {
    String svg = ForestPlot.of(attribute, metric);
    Comparison comparison = attribute.differences().get(metric);
    if (svg.isEmpty() || comparison == null) {
      return;
    }
    html.append("<figure><figcaption><strong>")
        .append(Html.escape(takeaway(metric, comparison)))
        .append("</strong> Ring and dashed line: ")
        .append(Html.escape(attribute.reference()))
        .append(", the reference.</figcaption>\n")
        .append(svg)
        .append("</figure>\n");
  }

  private static String takeaway(String metric, Comparison comparison) {
    Figure between = comparison.between();
    if (between.value() == null || between.low() == null) {
      return metric + ": fewer than two groups define it.";
    }
    String groups = comparison.largest() + " above " + comparison.smallest();
    return between.low() > 0
        ? metric + " differs between groups: " + groups + " by " + FigureText.of(between) + "."
        : metric + ": no difference between groups is shown; " + FigureText.of(between) + ".";
  }

  private static String comparisons(AttributeReport attribute) {
    List<List<String>> rows = new ArrayList<>();
    attribute
        .differences()
        .forEach(
            (id, difference) -> {
              Comparison ratio = attribute.ratios().get(id);
              rows.add(
                  List.of(
                      id,
                      FigureText.of(difference.between()),
                      ratio == null ? FigureText.NONE : FigureText.of(ratio.between()),
                      difference.largest() == null
                          ? FigureText.NONE
                          : difference.largest() + " / " + difference.smallest(),
                      String.join(", ", difference.undefined())));
            });
    return Html.table(
        "Largest against smallest group",
        List.of("metric", "difference", "ratio", "largest / smallest", "undefined in"),
        rows);
  }

  private void group(String name, GroupReport group) {
    List<List<String>> rows = new ArrayList<>();
    group
        .metrics()
        .forEach(
            (id, figure) ->
                rows.add(
                    List.of(
                        id,
                        FigureText.of(figure),
                        FigureText.count(figure.n()),
                        group.worstCase().containsKey(id)
                            ? FigureText.number(group.worstCase().get(id).lower())
                                + " to "
                                + FigureText.number(group.worstCase().get(id).upper())
                            : "")));
    html.append(
        Html.table(
            name + ", " + FigureText.count(group.unlabelled()) + " rows without a label",
            List.of("metric", "value", "rows", "worst case of missing labels"),
            rows));
  }
}
