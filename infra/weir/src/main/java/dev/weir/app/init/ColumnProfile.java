package dev.weir.app.init;

import dev.weir.app.csv.Cells;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sample's cells of one column are.
 *
 * @param name the column
 * @param rows rows of the sample
 * @param missing cells without a value
 * @param kind what the others are
 * @param isWhole whether all are whole numbers
 * @param values the different values, the most frequent first, equally frequent ones by name
 * @param rarest how often the rarest value comes; 0 without values
 * @param isRising whether no number or time is below the one before it
 */
record ColumnProfile(
    String name,
    int rows,
    int missing,
    Kind kind,
    boolean isWhole,
    List<String> values,
    int rarest,
    boolean isRising) {
  private static final long LEAST_MILLIS = 315_532_800_000L; // 1980
  private static final long MOST_MILLIS = 4_102_444_800_000L; // 2100

  /** What the values of a column are. */
  enum Kind {
    NUMBER,
    TIME,
    TEXT,
    /** One value only, or none. */
    CONSTANT
  }

  static ColumnProfile of(String name, List<String> cells) {
    Map<String, Integer> counts = new HashMap<>();
    int missing = 0;
    boolean isNumber = true;
    boolean isTime = true;
    boolean isWhole = true;
    boolean isRising = true;
    double last = Double.NEGATIVE_INFINITY;
    for (String cell : cells) {
      if (Cells.isMissing(cell)) {
        missing++;
        continue;
      }
      counts.merge(cell, 1, Integer::sum);
      double number = Cells.number(cell);
      Instant time = time(name, cell);
      isNumber &= !Double.isNaN(number);
      isTime &= time != null;
      isWhole &= number == Math.rint(number);
      double at = time == null ? number : time.toEpochMilli();
      isRising &= at >= last;
      last = at;
    }
    Kind kind = isTime ? Kind.TIME : isNumber ? Kind.NUMBER : Kind.TEXT;
    return new ColumnProfile(
        name,
        cells.size(),
        missing,
        counts.size() < 2 ? Kind.CONSTANT : kind,
        isNumber && isWhole,
        byCount(counts),
        counts.values().stream().mapToInt(Integer::intValue).min().orElse(0),
        isRising);
  }

  /** Returns the time in a cell: ISO-8601, or epoch milliseconds where the name says so. */
  static @Nullable Instant time(String name, String cell) {
    double number = Cells.number(cell);
    if (number >= LEAST_MILLIS && number < MOST_MILLIS && Words.suggests(name, Words.TIME)) {
      return Instant.ofEpochMilli((long) number);
    }
    return Cells.time(cell);
  }

  private static List<String> byCount(Map<String, Integer> counts) {
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(
        Comparator.comparing((Map.Entry<String, Integer> each) -> -each.getValue())
            .thenComparing(Map.Entry::getKey));
    return entries.stream().map(Map.Entry::getKey).toList();
  }

  int present() {
    return rows - missing;
  }

  int distinct() {
    return values.size();
  }

  boolean isUnique() {
    return missing == 0 && distinct() == rows;
  }
}
