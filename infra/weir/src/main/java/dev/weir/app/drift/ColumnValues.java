package dev.weir.app.drift;

import dev.weir.app.csv.Cells;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The values of one column of one file: its numbers, or how often each category comes. */
final class ColumnValues {
  private static final int FIRST = 1024;

  private final boolean isNumber;
  private final Map<String, Long> counts = new TreeMap<>();
  private double[] numbers = new double[FIRST];
  private int size;
  private long missing;

  ColumnValues(ColumnType type) {
    this.isNumber = type == ColumnType.NUMBER;
  }

  void add(String cell) {
    if (Cells.isMissing(cell)) {
      missing++;
      return;
    }
    if (isNumber) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.multiplyExact(2, size));
      }
      numbers[size] = Cells.number(cell);
    } else {
      counts.merge(cell, 1L, Long::sum);
    }
    size++;
  }

  double[] numbers() {
    return Arrays.copyOf(numbers, size);
  }

  Map<String, Long> counts() {
    return counts;
  }

  int size() {
    return size;
  }

  long missing() {
    return missing;
  }
}
