package dev.weir.auditor.table;

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
