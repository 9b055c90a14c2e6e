package dev.weir.auditor.table;

import java.util.Arrays;

/** A column of finite numbers; an empty cell is refused, or is NaN where it may be empty. */
final class NumberColumn implements Column {
  private static final int INITIAL = 1024;

  private final String name;
  private final boolean mayBeEmpty;
  private final double least;
  private final String advice;
  private double[] values = new double[INITIAL];
  private int size;

  /**
   * Creates an empty column.
   *
   * @param least the smallest number that may be in it
   * @param advice what to do about a cell that is no number
   */
  NumberColumn(String name, boolean mayBeEmpty, double least, String advice) {
    this.name = name;
    this.mayBeEmpty = mayBeEmpty;
    this.least = least;
    this.advice = advice;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void add(String cell, long line) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = parse(cell, line);
  }

  private double parse(String cell, long line) {
    if (cell.length() == 1 && cell.charAt(0) >= '0' && cell.charAt(0) <= '9') {
      return cell.charAt(0) - '0';
    }
    if (cell.isBlank()) {
      if (mayBeEmpty) {
        return Double.NaN;
      }
      throw TableException.at(
          line, "column " + name + " is empty; leave the row out or give it a value");
    }
    double value;
    try {
      value = Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw TableException.at(
          line, "column " + name + " holds '" + cell + "', which is no number; " + advice);
    }
    if (!Double.isFinite(value)) {
      throw TableException.at(
          line,
          "column "
              + name
              + " holds "
              + cell.strip()
              + ", which is no finite number; leave the row out or give it a value");
    }
    if (value < least) {
      throw TableException.at(
          line, "column " + name + " holds " + cell.strip() + ", which must be >= " + least);
    }
    return value;
  }

  /** Returns the values read, shape [rows]. */
  double[] values() {
    return Arrays.copyOf(values, size);
  }
}
