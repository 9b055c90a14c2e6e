package dev.weir.auditor.table;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One way to divide the rows into groups: a column, or the intersection of several.
 *
 * @param name the column, or the columns joined by {@code &}
 * @param groups names of the groups, those without rows too
 * @param codes index of each row's group, shape [rows]
 */
record Attribute(String name, List<String> groups, int[] codes) {
  /** The most groups that a table can usefully show. */
  static final int MOST_GROUPS = 1000;

  /** The name of the group of rows whose cell is empty. */
  static final String EMPTY = "(empty)";

  static final String AND = "&";

  /**
   * Returns the attribute of a column: declared groups, and those found, in the order of their
   * names.
   *
   * @throws TableException if there are too many
   */
  static Attribute of(WordColumn column, List<String> declared) {
    List<String> words =
        column.words().stream().map(word -> word.isBlank() ? EMPTY : word.strip()).toList();
    List<String> groups = new ArrayList<>(new TreeSet<>(words));
    declared.stream().filter(group -> !groups.contains(group)).distinct().forEach(groups::add);
    if (groups.size() > MOST_GROUPS) {
      throw new TableException(
          "column "
              + column.name()
              + " has "
              + groups.size()
              + " groups, at most "
              + MOST_GROUPS
              + " can be audited; name a column of categories, or put numbers into ranges first");
    }
    int[] groupOf = words.stream().mapToInt(groups::indexOf).toArray();
    int[] codes = column.codes();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = groupOf[codes[i]];
    }
    return new Attribute(column.name(), groups, codes);
  }

  /** Returns the intersection with another attribute: every pair of groups, with rows or not. */
  Attribute and(Attribute other) {
    List<String> both = new ArrayList<>();
    for (String mine : groups) {
      for (String theirs : other.groups) {
        both.add(mine + AND + theirs);
      }
    }
    int[] pairs = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      pairs[i] = codes[i] * other.groups.size() + other.codes[i];
    }
    return new Attribute(name + AND + other.name, both, pairs);
  }
}
