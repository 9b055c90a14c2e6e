package dev.weir.app.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the text of a cell says. */
public final class Cells {
  private static final Set<String> MISSING = Set.of("", "nan", "na", "null");
  private static final int SHORTEST_TIME = 10;

  private Cells() {}

  /** Returns whether there is no value: empty, {@code NaN}, {@code NA} or {@code null}. */
  public static boolean isMissing(String cell) {
    return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
  }

  /** Returns the finite number, or NaN where the cell holds none. */
  public static double number(String cell) {
    if (cell.isEmpty() || !isNumberStart(cell.charAt(0))) {
      return Double.NaN;
    }
    char last = cell.charAt(cell.length() - 1);
    if (last == 'd' || last == 'f' || last == 'D' || last == 'F') {
      return Double.NaN; // Java's literals, nobody's data
    }
    try {
      double number = Double.parseDouble(cell);
      return Double.isFinite(number) ? number : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isNumberStart(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  /**
   * Returns the time in ISO-8601, or null where the cell holds none. A time without a zone is taken
   * as UTC, a date as its midnight.
   */
  public static @Nullable Instant time(String cell) {
    if (cell.length() < SHORTEST_TIME || cell.charAt(4) != '-') {
      return null;
    }
    try {
      if (cell.length() == SHORTEST_TIME) {
        return LocalDate.parse(cell).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      String text = cell.replace(' ', 'T');
      return text.indexOf('+') > 0 || text.endsWith("Z") || text.lastIndexOf('-') > SHORTEST_TIME
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
