package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.AttributeReport;
import dev.weir.auditor.table.TableReport.GroupReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A forest plot as SVG: a metric of each group as a dot on its interval, the reference marked by a
 * ring and a dashed line, a metric that is undefined by a word.
 */
final class ForestPlot {
  private static final int LABELS = 190;
  private static final int WIDTH = 720;
  private static final int ROW = 24;
  private static final int TOP = 8;
  private static final int AXIS = 28;
  private static final int LONGEST_LABEL = 26;
  private static final int TICKS = 4;

  private final AttributeReport attribute;
  private final String metric;
  private double from;
  private double to;

  private ForestPlot(AttributeReport attribute, String metric) {
    this.attribute = attribute;
    this.metric = metric;
    from = Double.POSITIVE_INFINITY;
    to = Double.NEGATIVE_INFINITY;
    figures().values().forEach(this::include);
  }

  /** Returns the plot of one metric; empty when no group has it. */
  static String of(AttributeReport attribute, String metric) {
    ForestPlot plot = new ForestPlot(attribute, metric);
    return plot.from < plot.to ? plot.svg() : "";
  }

  private Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Map.Entry<String, GroupReport> group : attribute.groups().entrySet()) {
      figures.put(
          group.getKey(), group.getValue().metrics().getOrDefault(metric, Figure.undefined(0)));
    }
    return figures;
  }

  private void include(Figure figure) {
    for (Double each : new Double[] {figure.value(), figure.low(), figure.high()}) {
      if (each != null) {
        from = Math.min(from, each);
        to = Math.max(to, each);
      }
    }
  }

  private String svg() {
    Map<String, Figure> figures = figures();
    int height = TOP + figures.size() * ROW + AXIS;
    List<String> parts = new ArrayList<>();
    parts.add(
        "<svg viewBox=\"0 0 "
            + WIDTH
            + " "
            + height
            + "\" role=\"img\" aria-label=\""
            + Html.escape(metric + " by " + attribute.name() + ", with 95 % intervals")
            + "\">");
    int bottom = TOP + figures.size() * ROW;
    for (int tick = 0; tick <= TICKS; tick++) {
      double at = from + (to - from) * tick / TICKS;
      parts.add(line("grid", x(at), TOP, x(at), bottom));
      parts.add(text("tick", x(at), bottom + 18, "middle", FigureText.number(at)));
    }
    Figure reference = figures.getOrDefault(attribute.reference(), Figure.undefined(0));
    if (reference.value() != null) {
      parts.add(line("reference", x(reference.value()), TOP, x(reference.value()), bottom));
    }
    int row = 0;
    for (Map.Entry<String, Figure> each : figures.entrySet()) {
      parts.add(group(each.getKey(), each.getValue(), TOP + row * ROW + ROW / 2));
      row++;
    }
    parts.add("</svg>");
    return String.join("\n", parts);
  }

  private String group(String name, Figure figure, int y) {
    String label =
        name.length() > LONGEST_LABEL ? name.substring(0, LONGEST_LABEL - 1) + "…" : name;
    String text = text("label", LABELS - 10, y + 4, "end", label);
    if (figure.value() == null) {
      return text + text("undefined", LABELS + 10, y + 4, "start", "undefined");
    }
    double low = figure.low() == null ? from : figure.low();
    double high = figure.high() == null ? to : figure.high();
    String mark = name.equals(attribute.reference()) ? "ring" : "dot";
    return text
        + line("interval", x(low), y, x(high), y)
        + "<circle class=\""
        + mark
        + "\" cx=\""
        + round(x(figure.value()))
        + "\" cy=\""
        + y
        + "\" r=\"4.5\"><title>"
        + Html.escape(name + ": " + FigureText.of(figure))
        + "</title></circle>";
  }

  private double x(double value) {
    return LABELS + 10 + (WIDTH - LABELS - 40) * (value - from) / (to - from);
  }

  private static String line(String kind, double x1, double y1, double x2, double y2) {
    return "<line class=\""
        + kind
        + "\" x1=\""
        + round(x1)
        + "\" y1=\""
        + round(y1)
        + "\" x2=\""
        + round(x2)
        + "\" y2=\""
        + round(y2)
        + "\"/>";
  }

  private static String text(String kind, double x, double y, String anchor, String text) {
    return "<text class=\""
        + kind
        + "\" x=\""
        + round(x)
        + "\" y=\""
        + round(y)
        + "\" text-anchor=\""
        + anchor
        + "\">"
        + Html.escape(text)
        + "</text>";
  }

  private static String round(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
