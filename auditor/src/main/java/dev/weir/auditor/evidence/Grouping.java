package dev.weir.auditor.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which group each row is in.
 *
 * @param values the groups that occur and those that are declared, in order
 * @param codes index of each row's group, or −1 where the row has none; not copied, not changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Grouping(List<String> values, int[] codes) {
  public Grouping {
    values = List.copyOf(values);
  }

  /** Returns the grouping of rows whose groups are these names, null where a row has none. */
  public static Grouping of(List<@Nullable String> groupOfRow) {
    return of(groupOfRow, List.of());
  }

  /**
   * Returns the same with groups that are known before any row is seen.
   *
   * @param declared groups, with or without a row
   */
  public static Grouping of(List<@Nullable String> groupOfRow, Collection<String> declared) {
    Map<String, Integer> sorted = new TreeMap<>();
    declared.forEach(group -> sorted.put(group, 0));
    for (String group : groupOfRow) {
      if (group != null) {
        sorted.put(group, 0);
      }
    }
    List<String> values = new ArrayList<>(sorted.keySet());
    for (int code = 0; code < values.size(); code++) {
      sorted.put(values.get(code), code);
    }
    int[] codes = new int[groupOfRow.size()];
    for (int row = 0; row < codes.length; row++) {
      String group = groupOfRow.get(row);
      codes[row] = group == null ? -1 : sorted.getOrDefault(group, -1);
    }
    return new Grouping(values, codes);
  }

  /** Returns the grouping in which each of so many rows is in the group {@code all}. */
  public static Grouping everybody(int rows) {
    return new Grouping(List.of("all"), new int[rows]);
  }

  /** Returns how many rows each group has, shape [K]. */
  public long[] sizes() {
    long[] sizes = new long[values.size()];
    for (int code : codes) {
      if (code >= 0) {
        sizes[code]++;
      }
    }
    return sizes;
  }

  /** Returns how many groups have a row. */
  public long occurring() {
    return Arrays.stream(sizes()).filter(size -> size > 0).count();
  }

  /** Returns how many rows are in no group. */
  public long without() {
    return Arrays.stream(codes).filter(code -> code < 0).count();
  }
}
