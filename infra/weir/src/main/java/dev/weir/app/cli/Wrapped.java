package dev.weir.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines that fit a terminal. */
final class Wrapped {
  private Wrapped() {}

  /**
   * Returns {@code text} in lines of at most {@code columns} characters, broken at spaces where
   * there are any.
   *
   * @param columns the terminal's width; 0 means that there is no terminal, so nothing is broken
   * @param indent spaces before every line but the first; at most half of the columns are used
   */
  static List<String> lines(String text, int columns, int indent) {
    if (columns <= 0 || text.length() <= columns) {
      return List.of(text);
    }
    String margin = " ".repeat(Math.min(indent, columns / 2));
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > columns) {
      int end = breakAt(rest, columns, lines.isEmpty() ? 0 : margin.length());
      lines.add(rest.substring(0, end).stripTrailing());
      rest = margin + rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** A word that is longer than a line is cut. */
  private static int breakAt(String text, int columns, int margin) {
    int firstWord = margin;
    while (firstWord < text.length() && text.charAt(firstWord) == ' ') {
      firstWord++;
    }
    int space = text.lastIndexOf(' ', columns);
    return space > firstWord ? space : columns;
  }
}
