package dev.weir.auditor.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads some columns of a CSV file (RFC 4180, UTF-8, a header in its first line). */
final class TableReader {
  private TableReader() {}

  /**
   * Fills the columns from the file.
   *
   * @return the number of rows
   * @throws TableException if the file has no such column, no row, or a row that is unlike its
   *     header
   * @throws IOException if the file cannot be read
   */
  static int read(Path file, List<? extends Column> columns) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .ignoreDifferentFieldCount(true)
            .detectBomHeader(true)
            .ofCsvRecord(file)) {
      return read(reader, columns);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new TableException("the file is not UTF-8; convert it first", e);
      }
      throw e.getCause();
    } catch (CsvParseException e) {
      throw new TableException("not readable as CSV: " + e.getMessage(), e);
    }
  }

  private static int read(Iterable<CsvRecord> records, List<? extends Column> columns) {
    List<String> header = List.of();
    int[] positions = new int[columns.size()];
    int rows = 0;
    for (CsvRecord each : records) {
      if (header.isEmpty()) {
        header = each.getFields().stream().map(String::strip).toList();
        positions = positions(header, columns);
        continue;
      }
      if (each.getFieldCount() != header.size()) {
        throw TableException.at(
            each.getStartingLineNumber(),
            "the row has "
                + each.getFieldCount()
                + " cells, the header has "
                + header.size()
                + "; quote cells that hold commas or line breaks");
      }
      for (int i = 0; i < positions.length; i++) {
        columns.get(i).add(each.getField(positions[i]), each.getStartingLineNumber());
      }
      rows++;
    }
    if (rows == 0) {
      throw new TableException(
          header.isEmpty()
              ? "the file is empty; it needs a header and rows"
              : "the file has a header and no rows");
    }
    return rows;
  }

  private static int[] positions(List<String> header, List<? extends Column> columns) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw new TableException("two columns are named '" + name + "'; rename one of them");
      }
    }
    List<String> missing =
        columns.stream().map(Column::name).filter(name -> !seen.contains(name)).distinct().toList();
    if (!missing.isEmpty()) {
      throw new TableException(
          "there is no column "
              + String.join(", ", missing)
              + "; the file has "
              + String.join(", ", header));
    }
    return columns.stream().mapToInt(column -> header.indexOf(column.name())).toArray();
  }
}
