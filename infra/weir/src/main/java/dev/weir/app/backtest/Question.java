package dev.weir.app.backtest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file, and what it does not say of itself.
 *
 * @param data the CSV file
 * @param positive the label that means 1 where labels are words; null where they are 0 and 1
 * @param time column to pattern, of {@link java.time.format.DateTimeFormatter}; together they are
 *     the event time. Empty where the spec's column of times is in the file, or none is
 * @param start event time of the first row where no column has times
 * @param step from one row to the next, there
 * @param labelsAfter how long after its event a label is known; null for the spec's column of label
 *     times or, where that is not in the file, just before the next row
 */
public record Question(
    Path data,
    @Nullable String positive,
    Map<String, String> time,
    Instant start,
    Duration step,
    @Nullable Duration labelsAfter) {
  /** Event time of a first row that has none. */
  public static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

  /** Time between rows that have none. */
  public static final Duration STEP = Duration.ofMinutes(1);

  /** Rejects times that do not rise. */
  public Question {
    time = Collections.unmodifiableMap(new LinkedHashMap<>(time));
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("--step must be at least PT0.001S, was " + step);
    }
    if (start.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("--start must not lie before 1970, was " + start);
    }
    if (labelsAfter != null && labelsAfter.isNegative()) {
      throw new IllegalArgumentException("--labels-after must be >= PT0S, was " + labelsAfter);
    }
  }

  /** Creates the question of a file that says everything itself. */
  public static Question of(Path data) {
    return new Question(data, null, Map.of(), START, STEP, null);
  }
}
