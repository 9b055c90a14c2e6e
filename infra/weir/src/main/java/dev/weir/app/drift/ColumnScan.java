package dev.weir.app.drift;

import dev.weir.app.csv.Cells;
import java.util.HashSet;
import java.util.Set;

/** What kinds of values a column has, found in one pass and in bounded memory. */
final class ColumnScan {
  /** With so many different numbers at most, numbers are codes of categories. */
  static final int MOST_CODES = 10;

  /** With more different values a column is no category. */
  static final int MOST_CATEGORIES = 1_000;

  private final Set<String> distinct = new HashSet<>();
  private long values;
  private long numbers;
  private long times;
  private long firstOtherLine;
  private String firstOther = "";

  void add(String cell, long line) {
    if (Cells.isMissing(cell)) {
      return;
    }
    values++;
    boolean isNumber = !Double.isNaN(Cells.number(cell));
    numbers += isNumber ? 1 : 0;
    if (!isNumber && firstOtherLine == 0) {
      firstOtherLine = line;
      firstOther = cell;
    }
    if (!isNumber && times == values - 1 && Cells.time(cell) != null) {
      times++;
    }
    if (distinct.size() <= MOST_CATEGORIES) {
      distinct.add(cell);
    }
  }

  boolean isAllNumbers() {
    return values > 0 && numbers == values;
  }

  boolean isAllTimes() {
    return values > 0 && times == values;
  }

  boolean isEmpty() {
    return values == 0;
  }

  Set<String> distinct() {
    return distinct;
  }

  long firstOtherLine() {
    return firstOtherLine;
  }

  String firstOther() {
    return firstOther;
  }
}
