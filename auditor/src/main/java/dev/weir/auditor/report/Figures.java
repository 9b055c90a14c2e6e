package dev.weir.auditor.report;

import dev.weir.contracts.policy.GateResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers in words; what is undefined is said to be. */
final class Figures {
  private Figures() {}

  static String number(@Nullable Double value) {
    if (value == null) {
      return "undefined";
    }
    double size = Math.abs(value);
    String form = size != 0 && (size < 0.001 || size >= 10_000) ? "%.3g" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }

  static String bounds(GateResult result) {
    return bounds(result.lower(), result.upper());
  }

  static String bounds(@Nullable Double lower, @Nullable Double upper) {
    return lower == null || upper == null ? "" : "[" + number(lower) + ", " + number(upper) + "]";
  }

  /** Returns {@code brier difference} for {@code BRIER_DIFFERENCE}. */
  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
