package dev.weir.contracts.serde;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads times as {@link Instant#parse} does, many times as fast where they have the usual form,
 * {@code 2026-01-31T12:00:00Z} with or without a fraction of up to nine digits.
 */
public final class IsoInstant {
  private static final int SECONDS_END = 19;
  private static final int MOST_DIGITS = 9;
  private static final int WRONG = -1;
  private static final long SECONDS_PER_DAY = 86_400;

  private IsoInstant() {}

  /**
   * Returns the time in {@code text}.
   *
   * @throws java.time.format.DateTimeParseException if {@link Instant#parse} throws it
   */
  public static Instant parse(CharSequence text) {
    if (isUsual(text)) {
      int hour = digits(text, 11, 13);
      int minute = digits(text, 14, 16);
      int second = digits(text, 17, SECONDS_END);
      int nanos = nanos(text);
      if (isTimeOfDay(hour, minute, second) && nanos != WRONG) {
        try {
          long day =
              LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                  .toEpochDay();
          long ofDay = hour * 3600L + minute * 60L + second;
          return Instant.ofEpochSecond(day * SECONDS_PER_DAY + ofDay, nanos);
        } catch (DateTimeException e) {
          return Instant.parse(text); // No day of the calendar: it says so in its own words.
        }
      }
    }
    return Instant.parse(text);
  }

  private static boolean isUsual(CharSequence text) {
    int length = text.length();
    return length > SECONDS_END
        && length <= SECONDS_END + 1 + MOST_DIGITS + 1
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && text.charAt(length - 1) == 'Z';
  }

  private static boolean isTimeOfDay(int hour, int minute, int second) {
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  }

  private static int nanos(CharSequence text) {
    int end = text.length() - 1;
    if (end == SECONDS_END) {
      return 0;
    }
    int from = SECONDS_END + 1;
    if (text.charAt(SECONDS_END) != '.' || from == end) {
      return WRONG;
    }
    int fraction = digits(text, from, end);
    for (int scale = end - from; scale < MOST_DIGITS && fraction > 0; scale++) {
      fraction *= 10;
    }
    return fraction;
  }

  /** Returns the number from digits, or -1 where one is none. */
  private static int digits(CharSequence text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return WRONG;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
