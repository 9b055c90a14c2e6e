package dev.weir.app.backtest;

import dev.weir.app.csv.Cells;
import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the event of a row was: a column says it, columns together do, or rows go in even steps. */
interface RowTimes {
  /**
   * Returns a row's event time.
   *
   * @param cells the row's
   * @param number of the row, from 1
   * @param line where it begins in the file
   * @throws CsvException if the cells hold no time
   */
  Instant of(List<String> cells, long number, long line);

  /** Returns what was assumed, in words; empty where the file says it. */
  String assumption();

  /** Returns the times of a file with the given header. */
  static RowTimes of(Question question, List<String> header, String column) {
    if (!question.time().isEmpty()) {
      return new Patterns(question, header);
    }
    int at = header.indexOf(column);
    return at >= 0 ? new Column(question, column, at) : new EvenSteps(question, column);
  }

  /** A column of times in ISO-8601 or in epoch milliseconds. */
  record Column(Question question, String column, int at) implements RowTimes {
    /** Epoch milliseconds from 1973 on have as many digits. */
    private static final int MILLIS_DIGITS = 12;

    @Override
    public Instant of(List<String> cells, long number, long line) {
      String cell = cells.get(at);
      Instant time = time(cell);
      if (time == null) {
        throw new CsvException(
            question.data()
                + ":"
                + line
                + ": column '"
                + column
                + "' is '"
                + cell
                + "', which is no time; write 2026-01-31T12:00:00Z or epoch milliseconds, or give"
                + " its pattern: --time '"
                + column
                + "=dd.MM.yyyy HH:mm'");
      }
      return time;
    }

    private static @Nullable Instant time(String cell) {
      boolean isMillis =
          cell.length() >= MILLIS_DIGITS && cell.chars().allMatch(c -> c >= '0' && c <= '9');
      return isMillis ? Instant.ofEpochMilli(Long.parseLong(cell)) : Cells.time(cell);
    }

    @Override
    public String assumption() {
      return "";
    }
  }

  /** Even steps from a start. */
  record EvenSteps(Question question, String column) implements RowTimes {
    @Override
    public Instant of(List<String> cells, long number, long line) {
      return question.start().plus(question.step().multipliedBy(number - 1));
    }

    @Override
    public String assumption() {
      return "no column '"
          + column
          + "': rows are "
          + question.step()
          + " apart from "
          + question.start()
          + " on (--start, --step, or --time COLUMN=PATTERN)";
    }
  }

  /**
   * Columns that together hold a time in UTC, each by a pattern of its own. Digits that are fewer
   * than their pattern's letters are filled up with zeros: {@code 5} is {@code HHmm} 00:05. Without
   * a time of day it is midnight.
   */
  final class Patterns implements RowTimes {
    private final Question question;
    private final List<Part> parts = new ArrayList<>();
    private final DateTimeFormatter formatter;

    private record Part(int at, String column, String pattern) {
      String text(List<String> cells) {
        String cell = cells.get(at);
        boolean isDigits = !cell.isEmpty() && cell.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean isLetters = pattern.chars().allMatch(Character::isLetter);
        return isDigits && isLetters
            ? "0".repeat(Math.max(0, pattern.length() - cell.length())) + cell
            : cell;
      }
    }

    Patterns(Question question, List<String> header) {
      this.question = question;
      String source = question.data().toString();
      StringBuilder pattern = new StringBuilder();
      for (Map.Entry<String, String> each : question.time().entrySet()) {
        int at = CsvFile.position(source, header, each.getKey());
        parts.add(new Part(at, each.getKey(), each.getValue()));
        pattern.append(pattern.length() == 0 ? "" : " ").append(each.getValue());
      }
      try {
        formatter = DateTimeFormatter.ofPattern(pattern.toString(), Locale.ROOT);
      } catch (IllegalArgumentException e) {
        throw new CsvException("--time: '" + pattern + "' is no pattern: " + e.getMessage(), e);
      }
    }

    @Override
    public Instant of(List<String> cells, long number, long line) {
      StringBuilder text = new StringBuilder();
      for (Part part : parts) {
        text.append(text.length() == 0 ? "" : " ").append(part.text(cells));
      }
      try {
        TemporalAccessor time = formatter.parseBest(text, LocalDateTime::from, LocalDate::from);
        LocalDateTime local =
            time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
        return local.toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw new CsvException(
            question.data()
                + ":"
                + line
                + ": column '"
                + String.join("', '", parts.stream().map(Part::column).toList())
                + "': "
                + e.getMessage(),
            e);
      }
    }

    @Override
    public String assumption() {
      return "event time from " + String.join(" and ", question.time().keySet()) + ", taken as UTC";
    }
  }
}
