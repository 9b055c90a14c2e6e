package dev.weir.model.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Rows of numbers with named columns, read from and written as CSV in UTF-8. An empty cell, {@code
 * nan} or {@code na} is a missing value, NaN. Immutable.
 */
public final class NumericTable {
  private final String source;
  private final boolean hasHeader;
  private final List<String> names;
  private final double[][] rows;

  private NumericTable(String source, boolean hasHeader, List<String> names, double[][] rows) {
    this.source = source;
    this.hasHeader = hasHeader;
    this.names = List.copyOf(names);
    this.rows = rows;
  }

  /** Returns a table of these columns and rows, shape [N, F]. */
  public static NumericTable of(List<String> names, double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != names.size()) {
        throw new IllegalArgumentException(
            "row " + i + " must have " + names.size() + " values, has " + rows[i].length);
      }
      copy[i] = rows[i].clone();
    }
    return new NumericTable("the table", true, names, copy);
  }

  /**
   * Returns the table in a file. The first line is a header if any of its cells is no number;
   * without a header the columns are {@code x0, x1, …}.
   *
   * @throws IllegalArgumentException naming file, line and column of what is wrong
   */
  public static NumericTable read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /** Returns the table in a file's bytes; {@code source} names it in messages. */
  public static NumericTable parse(String source, byte[] csv) {
    List<CsvRecord> lines = lines(source, csv);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(source + " is empty; write one row per line");
    }
    List<String> first = lines.get(0).getFields().stream().map(String::strip).toList();
    boolean hasHeader = first.stream().anyMatch(cell -> number(cell).isEmpty());
    List<String> names = new ArrayList<>(first);
    if (!hasHeader) {
      names.replaceAll(any -> "");
      for (int j = 0; j < names.size(); j++) {
        names.set(j, "x" + j);
      }
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(source + " names a column twice in " + names);
    }
    double[][] rows =
        lines.stream()
            .skip(hasHeader ? 1 : 0)
            .map(line -> row(source, line, names))
            .toArray(double[][]::new);
    if (rows.length == 0) {
      throw new IllegalArgumentException(source + " has a header and no row");
    }
    return new NumericTable(source, hasHeader, names, rows);
  }

  private static List<CsvRecord> lines(String source, byte[] csv) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().detectBomHeader(true).ofCsvRecord(new ByteArrayInputStream(csv))) {
      return reader.stream().toList();
    } catch (CsvParseException e) {
      throw new IllegalArgumentException(source + " is no CSV: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] row(String source, CsvRecord line, List<String> names) {
    String where = source + " line " + line.getStartingLineNumber();
    if (line.getFieldCount() != names.size()) {
      throw new IllegalArgumentException(
          where + " has " + line.getFieldCount() + " cells, the first line has " + names.size());
    }
    double[] row = new double[names.size()];
    for (int j = 0; j < row.length; j++) {
      String cell = line.getField(j).strip();
      OptionalDouble number = number(cell);
      if (number.isEmpty()) {
        throw new IllegalArgumentException(
            where
                + ", column "
                + names.get(j)
                + ": '"
                + cell
                + "' is not a finite number; leave a missing value empty");
      }
      row[j] = number.getAsDouble();
    }
    return row;
  }

  private static OptionalDouble number(String cell) {
    if (cell.isEmpty() || cell.equalsIgnoreCase("nan") || cell.equalsIgnoreCase("na")) {
      return OptionalDouble.of(Double.NaN);
    }
    try {
      double number = Double.parseDouble(cell);
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * Returns the table with the columns of {@code other}, by name where both have a header and else
   * by position.
   *
   * @throws IllegalArgumentException if a column is missing or the widths differ
   */
  public NumericTable withColumnsOf(NumericTable other) {
    if (hasHeader && other.hasHeader) {
      List<String> missing = new ArrayList<>(other.names);
      missing.removeAll(names);
      if (!missing.isEmpty()) {
        throw new IllegalArgumentException(
            source + " has no column " + missing + " of " + other.source + ", it has " + names);
      }
      int[] from = other.names.stream().mapToInt(names::indexOf).toArray();
      double[][] chosen =
          Arrays.stream(rows)
              .map(row -> Arrays.stream(from).mapToDouble(j -> row[j]).toArray())
              .toArray(double[][]::new);
      return new NumericTable(source, true, other.names, chosen);
    }
    if (names.size() != other.names.size()) {
      throw new IllegalArgumentException(
          source
              + " has "
              + names.size()
              + " columns, "
              + other.source
              + " has "
              + other.names.size());
    }
    return this;
  }

  /** Returns the columns' names. */
  public List<String> names() {
    return names;
  }

  /** Returns a copy of the rows, shape [N, F]. */
  public double[][] rows() {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** Returns the table as CSV with a header; the same table gives the same bytes. */
  public byte[] toCsv() {
    StringBuilder csv = new StringBuilder();
    for (int j = 0; j < names.size(); j++) {
      String quoted = '"' + names.get(j).replace("\"", "\"\"") + '"';
      csv.append(j == 0 ? "" : ",").append(quoted);
    }
    csv.append('\n');
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        csv.append(j == 0 ? "" : ",")
            .append(Double.isNaN(row[j]) ? "nan" : Double.toString(row[j]));
      }
      csv.append('\n');
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
