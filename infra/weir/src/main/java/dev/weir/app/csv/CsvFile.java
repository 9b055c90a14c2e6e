package dev.weir.app.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A CSV file (RFC 4180, UTF-8, a header in its first line), read row by row. */
public final class CsvFile {
  private static final int MOST_NAMED = 20;

  private CsvFile() {}

  /** Takes one row after the other. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Takes a row.
     *
     * @param cells one per column, without spaces around
     * @param line where the row begins, from 1
     */
    void row(List<String> cells, long line);
  }

  /**
   * Reads a file.
   *
   * @param begin takes the columns' names and returns who takes the rows
   * @return the number of rows, ≥ 1
   * @throws CsvException if it is no CSV, names a column twice, has no row, or a row is not as long
   *     as the header
   */
  public static long read(Path file, Function<List<String>, Rows> begin) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, begin);
    }
  }

  /** Reads a stream as {@link #read(Path, Function)} does; {@code source} names it in messages. */
  public static long read(String source, InputStream in, Function<List<String>, Rows> begin)
      throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().ignoreDifferentFieldCount(true).detectBomHeader(true).ofCsvRecord(in)) {
      return read(source, reader, begin);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new CsvException(source + " is not UTF-8; convert it first", e);
      }
      throw e.getCause();
    } catch (CsvParseException e) {
      throw new CsvException(source + " is not readable as CSV: " + e.getMessage(), e);
    }
  }

  private static long read(
      String source, Iterable<CsvRecord> records, Function<List<String>, Rows> begin) {
    List<String> header = List.of();
    Rows rows = null;
    long count = 0;
    for (CsvRecord each : records) {
      List<String> cells = each.getFields().stream().map(String::strip).toList();
      if (rows == null) {
        header = cells;
        requireDistinct(source, header);
        rows = begin.apply(header);
        continue;
      }
      if (cells.size() != header.size()) {
        throw new CsvException(
            source
                + ":"
                + each.getStartingLineNumber()
                + ": the row has "
                + cells.size()
                + " cells, the header has "
                + header.size()
                + "; quote cells that hold commas or line breaks");
      }
      rows.row(cells, each.getStartingLineNumber());
      count++;
    }
    if (count == 0) {
      throw new CsvException(source + " has no rows; it needs a header and at least one row");
    }
    return count;
  }

  private static void requireDistinct(String source, List<String> header) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw new CsvException(
            source + ":1: two columns are named '" + name + "'; rename one of them");
      }
    }
  }

  /**
   * Returns the position of a column.
   *
   * @throws CsvException if there is none; the message names those there are
   */
  public static int position(String source, List<String> header, String column) {
    int at = header.indexOf(column);
    if (at < 0) {
      throw new CsvException(source + " has no column '" + column + "'; it has " + named(header));
    }
    return at;
  }

  /** Returns the names in a message's length. */
  public static String named(List<String> names) {
    return names.size() <= MOST_NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMED))
            + " and "
            + (names.size() - MOST_NAMED)
            + " more";
  }
}
