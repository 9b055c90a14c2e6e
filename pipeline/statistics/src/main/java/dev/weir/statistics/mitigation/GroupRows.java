package dev.weir.statistics.mitigation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Rows with a label and a group each, checked. */
final class GroupRows {
  private final List<String> groups;
  private final double[] labels;

  GroupRows(List<String> groups, double[] labels) {
    if (groups.isEmpty() || groups.size() != labels.length) {
      throw new IllegalArgumentException(
          "need a group and a label for each of at least one row, was "
              + groups.size()
              + " and "
              + labels.length);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException("label must be 0 or 1, was " + labels[i] + " at " + i);
      }
    }
    this.groups = List.copyOf(groups);
    this.labels = labels.clone();
  }

  int size() {
    return labels.length;
  }

  int label(int row) {
    return (int) labels[row];
  }

  String group(int row) {
    return groups.get(row);
  }

  /** Returns the rows of each group, by its name. */
  SortedMap<String, int[]> byGroup() {
    SortedMap<String, int[]> rows = new TreeMap<>();
    for (String group : new TreeSet<>(groups)) {
      rows.put(group, IntStream.range(0, size()).filter(i -> group(i).equals(group)).toArray());
    }
    return rows;
  }
}
