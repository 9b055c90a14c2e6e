package dev.weir.testkit.golden;

import java.util.Arrays;
import java.util.List;

/**
 * A table of text cells with named columns, as read from a comma-separated file without quoting.
 *
 * @param columns the names in the first line
 * @param rows the other lines, each with one cell per column
 */
public record Table(List<String> columns, List<List<String>> rows) {
  static final Table NONE = new Table(List.of(), List.of());

  /** Copies both lists and checks that each row has a cell for every column. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row must have " + columns.size() + " cells, was " + row);
      }
    }
  }

  /** Returns the table in the text: a line of names, then lines of cells; empty lines are none. */
  static Table parse(String text) {
    List<List<String>> lines =
        text.lines().filter(line -> !line.isBlank()).map(Table::cells).toList();
    return lines.isEmpty() ? NONE : new Table(lines.get(0), lines.subList(1, lines.size()));
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  /** Returns the cells of a column, top to bottom. */
  public List<String> column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("column must be one of " + columns + ", was " + name);
    }
    return rows.stream().map(row -> row.get(index)).toList();
  }

  /** Returns the cells of a column as numbers; an empty cell is NaN. */
  public double[] doubles(String name) {
    return column(name).stream().mapToDouble(Table::number).toArray();
  }

  /** Returns the cells of a column as whole numbers. */
  public int[] ints(String name) {
    return column(name).stream().mapToInt(Integer::parseInt).toArray();
  }

  private static double number(String cell) {
    return cell.isEmpty() || cell.equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(cell);
  }
}
