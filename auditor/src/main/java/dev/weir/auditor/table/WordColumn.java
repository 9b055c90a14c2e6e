package dev.weir.auditor.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A column of words, each word once and a code per row. */
final class WordColumn implements Column {
  private static final int INITIAL = 1024;

  private final String name;
  private final Map<String, Integer> codeOf = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private int[] codes = new int[INITIAL];
  private int size;

  WordColumn(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void add(String cell, long line) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, 2 * size);
    }
    codes[size++] = code(cell);
  }

  private int code(String word) {
    Integer known = codeOf.get(word);
    if (known != null) {
      return known;
    }
    codeOf.put(word, words.size());
    words.add(word);
    return words.size() - 1;
  }

  /** Returns the words in the order in which they came. */
  List<String> words() {
    return words;
  }

  /** Returns the index of each row's word, shape [rows]. */
  int[] codes() {
    return Arrays.copyOf(codes, size);
  }
}
