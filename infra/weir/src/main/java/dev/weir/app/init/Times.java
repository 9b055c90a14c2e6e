package dev.weir.app.init;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the times of the sample say of the stream.
 *
 * @param tick a tick of which the sample has at most some 200
 * @param span from the first event to the last; zero without times
 * @param labelWithin half as long again as the longest delay of a label, in days; null where there
 *     are no label times
 * @param hasZone whether every time names its zone, or is in epoch milliseconds
 * @param hasHours whether times lie at different times of the day
 */
record Times(
    Duration tick,
    Duration span,
    @Nullable Duration labelWithin,
    boolean hasZone,
    boolean hasHours) {
  private static final int TICKS = 200;
  private static final Duration DEFAULT_TICK = Duration.ofHours(6);
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          DEFAULT_TICK,
          Duration.ofDays(1),
          Duration.ofDays(7));

  static Times of(@Nullable String time, List<String> cells, @Nullable Duration longestDelay) {
    Instant first = null;
    Instant last = null;
    boolean hasZone = true;
    Set<Long> ofDay = new HashSet<>();
    if (time != null) {
      for (String cell : cells) {
        Instant at = ColumnProfile.time(time, cell);
        if (at != null) {
          first = first == null || at.isBefore(first) ? at : first;
          last = last == null || at.isAfter(last) ? at : last;
          hasZone &= isWithZone(cell);
          ofDay.add(Math.floorMod(at.getEpochSecond(), Duration.ofDays(1).toSeconds()));
        }
      }
    }
    Duration span = first == null || last == null ? Duration.ZERO : Duration.between(first, last);
    Duration within =
        longestDelay == null
            ? null
            : Duration.ofDays(1 + longestDelay.multipliedBy(3).dividedBy(2).toDays());
    return new Times(
        span.isZero() ? DEFAULT_TICK : tick(span), span, within, hasZone, ofDay.size() > 1);
  }

  private static boolean isWithZone(String cell) {
    return cell.indexOf('-') < 0 || cell.endsWith("Z") || cell.matches(".*[+-]\\d\\d:?\\d\\d");
  }

  private static Duration tick(Duration span) {
    Duration wanted = span.dividedBy(TICKS);
    return STEPS.stream()
        .filter(each -> each.compareTo(wanted) >= 0)
        .findFirst()
        .orElse(STEPS.get(STEPS.size() - 1));
  }

  /** Returns whether the sample is long enough for hours and weekdays to tell something. */
  boolean hasDays() {
    return span.compareTo(Duration.ofDays(2)) >= 0;
  }
}
