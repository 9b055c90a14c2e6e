package dev.weir.auditor.report;

import dev.weir.contracts.policy.GateResult;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * A forest plot of one gate: per group the estimate and its bounds, with zero marked. A shape, and
 * not only a colour, tells the answer.
 */
final class IntervalFigure {
  private static final int WIDTH = 640;
  private static final int LEFT = 220;
  private static final int RIGHT = 24;
  private static final int ROW = 28;

  private final List<GateResult> results;
  private final double low;
  private final double high;

  IntervalFigure(List<GateResult> results) {
    this.results = results.stream().filter(r -> r.value() != null).toList();
    this.low = Math.min(0, ends().min().orElse(0));
    this.high = Math.max(0, ends().max().orElse(0));
  }

  private DoubleStream ends() {
    return results.stream()
        .flatMap(r -> java.util.stream.Stream.of(r.value(), r.lower(), r.upper()))
        .filter(Objects::nonNull)
        .mapToDouble(v -> v);
  }

  boolean isEmpty() {
    return results.isEmpty() || high == low;
  }

  void draw(Html html, String title) {
    int height = ROW * (results.size() + 1);
    html.raw("<svg role=\"img\" viewBox=\"0 0 " + WIDTH + " " + height + "\" aria-label=\"");
    html.text(title).raw("\">");
    line(html, "zero", x(0), 0, x(0), height - ROW + 4);
    for (int i = 0; i < results.size(); i++) {
      row(html, results.get(i), ROW * i + ROW / 2);
    }
    label(html, x(0), height - 6, "middle", "0");
    html.raw("</svg>");
  }

  private void row(Html html, GateResult result, int y) {
    label(html, LEFT - 12, y + 4, "end", result.group());
    Double lower = result.lower();
    Double upper = result.upper();
    Double value = result.value();
    if (lower != null && upper != null) {
      line(html, "bounds", x(lower), y, x(upper), y);
    }
    if (value != null) {
      marker(html, result.answer(), x(value), y);
    }
  }

  private static void marker(Html html, GateResult.Answer answer, double x, int y) {
    String shape =
        switch (answer) {
          case PASS -> circle(x, y);
          case BLOCK -> square(x, y);
          case INSUFFICIENT_EVIDENCE -> diamond(x, y);
        };
    html.raw(shape);
  }

  private static String circle(double x, int y) {
    return String.format(
        Locale.ROOT, "<circle class=\"pass\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", x, y);
  }

  private static String square(double x, int y) {
    return String.format(
        Locale.ROOT,
        "<rect class=\"block\" x=\"%.1f\" y=\"%d\" width=\"10\" height=\"10\"/>",
        x - 5,
        y - 5);
  }

  private static String diamond(double x, int y) {
    return String.format(
        Locale.ROOT, "<path class=\"open\" d=\"M%.1f %d l6 6 l-6 6 l-6 -6 z\"/>", x, y - 6);
  }

  private static void line(Html html, String name, double x1, int y1, double x2, int y2) {
    html.raw(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
            name,
            x1,
            y1,
            x2,
            y2));
  }

  private static void label(Html html, double x, int y, String anchor, String text) {
    html.raw(
        String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor));
    html.text(text).raw("</text>");
  }

  private double x(double value) {
    return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT);
  }
}
