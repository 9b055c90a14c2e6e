package dev.weir.app.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far something has come, in one line of a terminal.
 *
 * @param task what it is
 * @param done steps done
 * @param all all steps, &gt; 0
 * @param note where it is now
 * @param elapsed time since its start
 */
record ProgressLine(String task, long done, long all, String note, Duration elapsed) {
  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 40;

  /** Returns the line, shorter than {@code columns}; what does not fit is left out. */
  String render(int columns) {
    String left = task + " ";
    String right =
        String.format(
            Locale.ROOT,
            " %3d %%  %d:%02d  %s",
            100 * done / all,
            elapsed.toMinutes(),
            elapsed.toSecondsPart(),
            note);
    int room = columns - 1 - left.length() - right.length() - 2;
    String line =
        room < SHORTEST_BAR
            ? left.stripTrailing() + right
            : left + bar(Math.min(room, LONGEST_BAR)) + right;
    return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
  }

  private String bar(int width) {
    int filled = (int) (width * done / all);
    String head = filled < width ? ">" : "";
    return "[" + "=".repeat(filled) + head + " ".repeat(width - filled - head.length()) + "]";
  }
}
