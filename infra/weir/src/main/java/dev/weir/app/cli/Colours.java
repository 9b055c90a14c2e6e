package dev.weir.app.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Colours for the words that decide; the words alone say the same. */
enum Colours {
  NONE,
  ANSI;

  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final Map<String, String> WORDS =
      Map.of(
          "PASS", GREEN,
          "PROMOTED", GREEN,
          "BLOCK", RED,
          "FAILED", RED,
          "REFUSED", RED,
          "ROLLED_BACK", RED,
          "INSUFFICIENT_EVIDENCE", YELLOW,
          "ALARM", YELLOW,
          "SABOTAGE", YELLOW);
  private static final Pattern WORD =
      Pattern.compile("\\b(" + String.join("|", WORDS.keySet()) + ")\\b");

  /**
   * Returns what suits a stream.
   *
   * @param isTerminal whether somebody watches
   * @param noColor the environment's {@code NO_COLOR}; any text but the empty one means none
   * @see <a href="https://no-color.org">no-color.org</a>
   */
  static Colours of(boolean isTerminal, @Nullable String noColor) {
    return isTerminal && (noColor == null || noColor.isEmpty()) ? ANSI : NONE;
  }

  /** Returns {@code line} with its deciding word in bold and colour. */
  String paint(String line) {
    Matcher word = WORD.matcher(line);
    if (this == NONE || !word.find()) {
      return line;
    }
    String colour = WORDS.getOrDefault(word.group(), YELLOW);
    return line.substring(0, word.start())
        + "\u001b[1;"
        + colour
        + "m"
        + word.group()
        + "\u001b[0m"
        + line.substring(word.end());
  }
}
