package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.Impact;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them: {@code 0.436 [0.364, 0.511]}. */
final class FigureText {
  /** What stands for a number that is undefined, or a bound that is not there. */
  static final String NONE = "-";

  private static final double LARGE = 1000;

  private FigureText() {}

  static String of(Figure figure) {
    if (figure.value() == null) {
      return "undefined";
    }
    boolean isExact = figure.value().equals(figure.low()) && figure.value().equals(figure.high());
    boolean isBare = figure.low() == null && figure.high() == null;
    if (isExact && figure.value() == Math.rint(figure.value())) {
      return count(Math.round(figure.value()));
    }
    return isExact || isBare
        ? number(figure.value())
        : number(figure.value()) + " [" + number(figure.low()) + ", " + number(figure.high()) + "]";
  }

  /** Returns a group's name, its rate, its impact ratio and its share. */
  static List<String> impact(String name, Impact impact) {
    return List.of(
        name,
        of(impact.rate()),
        of(impact.ratio()),
        number(impact.share()) + (impact.isExcludable() ? " (below 2 %)" : ""));
  }

  static String number(@Nullable Double value) {
    if (value == null) {
      return NONE;
    }
    return String.format(Locale.ROOT, Math.abs(value) < LARGE ? "%.3f" : "%,.0f", value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
