package dev.weir.app.drift;

import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import dev.weir.app.drift.ColumnDrift.Difference;
import dev.weir.statistics.multiple.AdjustedPValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * Each file is read twice: once to learn what its columns are, in bounded memory, and once to keep
 * what the tests need, 8 bytes per number and one count per category.
 */

/**
 * Two files compared column by column.
 *
 * @param columns the columns that both files have, in the reference's order
 * @param onlyInReference columns that the current file lacks
 * @param onlyInCurrent columns that the reference lacks
 * @param tests tests in the run, the family of the adjustment
 */
public record FileComparison(
    List<ColumnDrift> columns,
    List<String> onlyInReference,
    List<String> onlyInCurrent,
    int tests) {
  public FileComparison {
    columns = List.copyOf(columns);
    onlyInReference = List.copyOf(onlyInReference);
    onlyInCurrent = List.copyOf(onlyInCurrent);
  }

  /**
   * Returns the comparison.
   *
   * @throws CsvException if a file is no table, lacks a column that was asked for, or has a word
   *     where the reference has numbers only
   */
  public static FileComparison of(DriftRequest request) throws IOException {
    Map<String, ColumnScan> reference = scan(request.reference());
    Map<String, ColumnScan> current = scan(request.current());
    List<String> names = columns(request, reference, current);
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (String name : names) {
      types.put(name, type(name, request, scanOf(reference, name), scanOf(current, name)));
    }
    return judged(
        compare(request, types),
        missingFrom(reference, current),
        missingFrom(current, reference),
        request);
  }

  /** Returns whether any column has drifted. */
  public boolean isDrift() {
    return columns.stream().anyMatch(each -> each.verdict() == ColumnDrift.Verdict.DRIFT);
  }

  private static Map<String, ColumnScan> scan(Path file) throws IOException {
    Map<String, ColumnScan> scans = new LinkedHashMap<>();
    CsvFile.read(
        file,
        header -> {
          List<ColumnScan> inOrder = new ArrayList<>();
          for (String name : header) {
            inOrder.add(scans.computeIfAbsent(name, any -> new ColumnScan()));
          }
          return (cells, line) -> {
            for (int i = 0; i < inOrder.size(); i++) {
              inOrder.get(i).add(cells.get(i), line);
            }
          };
        });
    return scans;
  }

  private static List<String> columns(
      DriftRequest request, Map<String, ColumnScan> reference, Map<String, ColumnScan> current) {
    for (String name : request.types().keySet()) {
      CsvFile.position(request.reference().toString(), List.copyOf(reference.keySet()), name);
    }
    if (request.columns().isEmpty()) {
      List<String> both = reference.keySet().stream().filter(current::containsKey).toList();
      if (both.isEmpty()) {
        throw new CsvException(
            "the files have no column in common: "
                + CsvFile.named(List.copyOf(reference.keySet()))
                + "; "
                + CsvFile.named(List.copyOf(current.keySet())));
      }
      return both;
    }
    for (String name : request.columns()) {
      CsvFile.position(request.reference().toString(), List.copyOf(reference.keySet()), name);
      CsvFile.position(request.current().toString(), List.copyOf(current.keySet()), name);
    }
    return request.columns();
  }

  private static ColumnType type(
      String name, DriftRequest request, ColumnScan reference, ColumnScan current) {
    ColumnType forced = request.types().get(name);
    if (forced != null) {
      if (forced == ColumnType.NUMBER) {
        requireNumbers(request.reference(), name, reference);
        requireNumbers(request.current(), name, current);
      }
      return forced;
    }
    if (reference.isAllTimes() && (current.isAllTimes() || current.isEmpty())) {
      return ColumnType.TIME;
    }
    int most = Math.max(reference.distinct().size(), current.distinct().size());
    if (reference.isAllNumbers() && most > ColumnScan.MOST_CODES) {
      requireNumbers(request.current(), name, current);
      return ColumnType.NUMBER;
    }
    return most > ColumnScan.MOST_CATEGORIES ? ColumnType.TEXT : ColumnType.CATEGORY;
  }

  private static void requireNumbers(Path file, String name, ColumnScan scan) {
    if (!scan.isEmpty() && !scan.isAllNumbers()) {
      throw new CsvException(
          file
              + ":"
              + scan.firstOtherLine()
              + ": column "
              + name
              + " has '"
              + scan.firstOther()
              + "', which is no finite number; correct it, or compare words by --type "
              + name
              + "=category");
    }
  }

  private static List<ColumnDrift> compare(DriftRequest request, Map<String, ColumnType> types)
      throws IOException {
    Map<String, ColumnValues> reference = values(request.reference(), types);
    Map<String, ColumnValues> current = values(request.current(), types);
    List<ColumnDrift> all = new ArrayList<>();
    types.forEach(
        (name, type) ->
            all.add(
                Differences.of(
                    name, type, valuesOf(reference, name), valuesOf(current, name), why(type))));
    return all;
  }

  private static String why(ColumnType type) {
    if (type == ColumnType.TIME) {
      return "times are not compared";
    }
    return type == ColumnType.TEXT
        ? "more than " + ColumnScan.MOST_CATEGORIES + " different values, as of an id or free text"
        : "";
  }

  private static Map<String, ColumnValues> values(Path file, Map<String, ColumnType> types)
      throws IOException {
    Map<String, ColumnValues> values = new LinkedHashMap<>();
    types.forEach((name, type) -> values.put(name, new ColumnValues(type)));
    CsvFile.read(
        file,
        header -> {
          int[] positions = types.keySet().stream().mapToInt(header::indexOf).toArray();
          List<ColumnValues> inOrder = List.copyOf(values.values());
          return (cells, line) -> {
            for (int i = 0; i < positions.length; i++) {
              inOrder.get(i).add(cells.get(positions[i]));
            }
          };
        });
    return values;
  }

  private static FileComparison judged(
      List<ColumnDrift> columns,
      List<String> onlyInReference,
      List<String> onlyInCurrent,
      DriftRequest request) {
    double[] p =
        columns.stream()
            .flatMap(each -> Stream.of(each.values(), each.missing()).filter(Objects::nonNull))
            .mapToDouble(Difference::pValue)
            .toArray();
    double[] adjusted = AdjustedPValues.benjaminiHochberg(p);
    List<ColumnDrift> judged = new ArrayList<>();
    int next = 0;
    for (ColumnDrift each : columns) {
      Difference values = each.values();
      Difference missing = each.missing();
      values = values == null ? null : values.judged(adjusted[next++], request);
      missing = missing == null ? null : missing.judged(adjusted[next++], request);
      judged.add(each.judged(values, missing));
    }
    return new FileComparison(judged, onlyInReference, onlyInCurrent, p.length);
  }

  private static List<String> missingFrom(
      Map<String, ColumnScan> one, Map<String, ColumnScan> other) {
    return one.keySet().stream().filter(name -> !other.containsKey(name)).toList();
  }

  private static ColumnScan scanOf(Map<String, ColumnScan> scans, String name) {
    return required(scans.get(name), name);
  }

  private static ColumnValues valuesOf(Map<String, ColumnValues> values, String name) {
    return required(values.get(name), name);
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalStateException("column " + name + " was not read");
    }
    return value;
  }
}
