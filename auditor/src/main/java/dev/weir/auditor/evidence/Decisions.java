package dev.weir.auditor.evidence;

/** Decisions that are the same for everybody show nothing of how groups are treated. */
final class Decisions {
  private Decisions() {}

  static boolean areConstant(ScoredRows rows, double threshold) {
    int selected = 0;
    for (int row = 0; row < rows.size(); row++) {
      selected += rows.p(row) >= threshold ? 1 : 0;
    }
    return selected == 0 || selected == rows.size();
  }

  static String constant(ScoredRows rows) {
    return "the decision is the same for all " + rows.size() + " rows";
  }
}
