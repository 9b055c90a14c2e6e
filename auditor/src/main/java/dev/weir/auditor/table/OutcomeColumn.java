package dev.weir.auditor.table;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of labels or of decisions: numbers, or words of which one is the favourable one. NaN
 * stands for an empty cell.
 */
final class OutcomeColumn {
  private static final Set<String> BITS = Set.of("0", "1", "");
  private static final int MOST_WORDS_SHOWN = 5;

  private final boolean mayBeEmpty;
  private final @Nullable NumberColumn numbers;
  private final @Nullable WordColumn words;
  private final String positive;

  private OutcomeColumn(
      boolean mayBeEmpty,
      @Nullable NumberColumn numbers,
      @Nullable WordColumn words,
      String positive) {
    this.mayBeEmpty = mayBeEmpty;
    this.numbers = numbers;
    this.words = words;
    this.positive = positive;
  }

  /**
   * Returns an empty column.
   *
   * @param positive the favourable word; null when the column holds numbers
   */
  static OutcomeColumn of(
      String name, boolean mayBeEmpty, @Nullable String positive, String advice) {
    return positive == null
        ? new OutcomeColumn(
            mayBeEmpty, new NumberColumn(name, mayBeEmpty, -Double.MAX_VALUE, advice), null, "")
        : new OutcomeColumn(mayBeEmpty, null, new WordColumn(name), positive);
  }

  Column column() {
    return words == null ? numbers() : words;
  }

  private NumberColumn numbers() {
    if (numbers == null) {
      throw new IllegalStateException("a column of neither words nor numbers");
    }
    return numbers;
  }

  /** Returns the numbers; of words, 1 for the favourable one and 0 for the others. */
  double[] values() {
    return words == null ? numbers().values() : ofWords(words);
  }

  /** A column of decisions may be 0 and 1 although the labels are words. */
  private double[] ofWords(WordColumn column) {
    List<String> seen = column.words().stream().map(String::strip).toList();
    boolean isFound = seen.contains(positive);
    if (!isFound && !BITS.containsAll(seen)) {
      throw new TableException(
          "column " + column.name() + " never holds '" + positive + "'; it holds " + shown(seen));
    }
    double[] valueOf = seen.stream().mapToDouble(word -> value(word, isFound)).toArray();
    if (!mayBeEmpty && Arrays.stream(valueOf).anyMatch(Double::isNaN)) {
      throw new TableException(
          "column " + column.name() + " is empty in some rows; leave them out");
    }
    return Arrays.stream(column.codes()).mapToDouble(code -> valueOf[code]).toArray();
  }

  private double value(String word, boolean isFound) {
    if (word.isEmpty()) {
      return Double.NaN;
    }
    return word.equals(isFound ? positive : "1") ? 1 : 0;
  }

  private static String shown(List<String> words) {
    List<String> some = words.stream().limit(MOST_WORDS_SHOWN).map(w -> "'" + w + "'").toList();
    return String.join(", ", some)
        + (words.size() > MOST_WORDS_SHOWN
            ? " and " + (words.size() - MOST_WORDS_SHOWN) + " more"
            : "");
  }
}
