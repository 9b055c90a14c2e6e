package dev.weir.app.detect;

import dev.weir.app.csv.Cells;
import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import dev.weir.statistics.drift.DetectorKind;
import dev.weir.statistics.drift.DetectorParameter;
import dev.weir.statistics.drift.DriftDetector;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A detector's run over one column of a table, in one pass and in the memory of its alarms.
 *
 * @param kind which detector
 * @param settings parameters that differ from their defaults
 * @param seed of what it draws at random, if anything
 */
public record Detection(DetectorKind kind, Map<String, Double> settings, long seed) {
  public Detection {
    settings = Map.copyOf(settings);
    kind.create(settings, seed);
  }

  /**
   * Something that the detector said.
   *
   * @param index the row, from 0, missing values counted
   * @param line the row's line in the file, from 1
   * @param time the row's time as the file has it; null without a column of times
   * @param value the value that was taken
   */
  public record Event(long index, long line, @Nullable String time, double value) {}

  /**
   * What was found.
   *
   * @param column the column that was watched
   * @param rows rows of the file
   * @param missing rows without a value, which were left out
   * @param alarms where a change was found
   * @param warnings where the detector entered its warning zone
   */
  public record Found(
      String column, long rows, long missing, List<Event> alarms, List<Event> warnings) {
    public Found {
      alarms = List.copyOf(alarms);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Runs over a table.
   *
   * @param source names it in messages
   * @param column which to watch; null for the only one that is not {@code time}
   * @param time the column of times, which is copied to the events; null for none
   * @throws CsvException if the table has no such column or a cell is not what the detector takes
   */
  public Found run(String source, InputStream in, @Nullable String column, @Nullable String time)
      throws IOException {
    Run run = new Run(source, column, time, kind, kind.create(settings, seed));
    long rows = CsvFile.read(source, in, run::begin);
    return new Found(run.name, rows, run.missing, run.alarms, run.warnings);
  }

  /** Returns every parameter with the value it has in this run. */
  public Map<String, Double> parameters() {
    Map<String, Double> all = new LinkedHashMap<>();
    for (DetectorParameter each : kind.parameters()) {
      all.put(each.name(), settings.getOrDefault(each.name(), each.value()));
    }
    return all;
  }

  /** One pass. */
  private static final class Run {
    private final String source;
    private final @Nullable String column;
    private final @Nullable String time;
    private final DetectorKind kind;
    private final DriftDetector detector;
    private final List<Event> alarms = new ArrayList<>();
    private final List<Event> warnings = new ArrayList<>();
    private String name = "";
    private int at;
    private int timeAt;
    private long index = -1;
    private long missing;
    private boolean wasWarned;

    Run(
        String source,
        @Nullable String column,
        @Nullable String time,
        DetectorKind kind,
        DriftDetector detector) {
      this.source = source;
      this.column = column;
      this.time = time;
      this.kind = kind;
      this.detector = detector;
    }

    CsvFile.Rows begin(List<String> header) {
      if (header.stream().noneMatch(cell -> Double.isNaN(Cells.number(cell)))) {
        throw new CsvException(
            source + ":1: the first line must name the columns, was " + CsvFile.named(header));
      }
      timeAt = time == null ? -1 : CsvFile.position(source, header, time);
      name = column == null ? onlyColumn(header) : column;
      at = CsvFile.position(source, header, name);
      return this::row;
    }

    private String onlyColumn(List<String> header) {
      List<String> others = header.stream().filter(each -> !each.equals(time)).toList();
      if (others.size() != 1) {
        throw new CsvException(
            source + " has the columns " + CsvFile.named(others) + "; choose one by --column");
      }
      return others.get(0);
    }

    private void row(List<String> cells, long line) {
      index++;
      String cell = cells.get(at);
      if (Cells.isMissing(cell)) {
        missing++;
        return;
      }
      double value = Cells.number(cell);
      boolean isAlarm = update(value, cell, line);
      Event event = new Event(index, line, timeAt < 0 ? null : cells.get(timeAt), value);
      if (isAlarm) {
        alarms.add(event);
      }
      if (detector.isWarning() && !wasWarned) {
        warnings.add(event);
      }
      wasWarned = detector.isWarning();
    }

    private boolean update(double value, String cell, long line) {
      try {
        return detector.update(value);
      } catch (IllegalArgumentException e) {
        throw new CsvException(
            source
                + ":"
                + line
                + ": column "
                + name
                + " has '"
                + cell
                + "', "
                + kind.id()
                + " takes "
                + kind.input().text(),
            e);
      }
    }
  }
}
