package dev.weir.pipeline.monitor;

import dev.weir.statistics.sequential.ToleratedGap;

/**
 * Evidence that two groups are decided about at rates further apart than a tolerance, at every
 * moment valid ({@link ToleratedGap}).
 *
 * <p>Decisions come one by one, more of one group than of the other. A block ends as soon as it has
 * a row of each, and its two means are a pair: none is thrown away, and nothing but the groups'
 * order says where a block ends. Not thread-safe.
 */
final class PairGap {
  private final String first;
  private final String second;
  private ToleratedGap gap;
  private long firstSelected;
  private long firstRows;
  private long secondSelected;
  private long secondRows;
  private boolean isTold;

  /** What outlives a restart, but for the groups and the tolerance. */
  @SuppressWarnings("ArrayRecordComponent")
  record State(
      byte[] gap,
      long firstSelected,
      long firstRows,
      long secondSelected,
      long secondRows,
      boolean isTold) {}

  PairGap(String first, String second, double tolerance) {
    this.first = first;
    this.second = second;
    this.gap = ToleratedGap.of(tolerance);
  }

  String first() {
    return first;
  }

  String second() {
    return second;
  }

  /** Takes a decision about a row of one of the two groups. */
  void add(boolean isOfFirst, boolean isSelected) {
    int selected = isSelected ? 1 : 0;
    if (isOfFirst) {
      firstSelected += selected;
      firstRows++;
    } else {
      secondSelected += selected;
      secondRows++;
    }
    if (firstRows > 0 && secondRows > 0) {
      gap.observe((double) firstSelected / firstRows, (double) secondSelected / secondRows);
      firstSelected = 0;
      firstRows = 0;
      secondSelected = 0;
      secondRows = 0;
    }
  }

  double evidence() {
    return gap.eValue();
  }

  long pairs() {
    return gap.pairs();
  }

  /** Returns whether there is as much evidence as needed, for the first time. */
  boolean isNews(double needed) {
    boolean isNews = !isTold && evidence() >= needed;
    isTold |= isNews;
    return isNews;
  }

  State state() {
    return new State(gap.toBytes(), firstSelected, firstRows, secondSelected, secondRows, isTold);
  }

  void restore(State state, double tolerance) {
    gap = ToleratedGap.fromBytes(tolerance, state.gap());
    firstSelected = state.firstSelected();
    firstRows = state.firstRows();
    secondSelected = state.secondSelected();
    secondRows = state.secondRows();
    isTold = state.isTold();
  }
}
