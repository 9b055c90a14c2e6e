package dev.weir.app.init;

import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of some data, as text.
 *
 * @param source where they come from, for comments and messages
 * @param names the columns
 * @param rows cells in the order of the columns; an empty one is missing
 * @param total rows of the whole data, as far as they were counted
 */
public record Sample(String source, List<String> names, List<List<String>> rows, long total) {
  public Sample {
    names = List.copyOf(names);
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new InitException(source + " has no rows to look at");
    }
  }

  /**
   * Returns the first rows of a CSV file.
   *
   * @param most how many are kept, ≥ 1
   * @throws CsvException if it is no table
   */
  public static Sample read(Path file, int most) throws IOException {
    List<String> names = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    long total =
        CsvFile.read(
            file,
            header -> {
              names.addAll(header);
              return (cells, line) -> {
                if (rows.size() < most) {
                  rows.add(cells);
                }
              };
            });
    return new Sample(String.valueOf(file.getFileName()), names, rows, total);
  }

  /** Returns the cells of a column. */
  List<String> column(String name) {
    int at = names.indexOf(name);
    return rows.stream().map(row -> row.get(at)).toList();
  }
}
