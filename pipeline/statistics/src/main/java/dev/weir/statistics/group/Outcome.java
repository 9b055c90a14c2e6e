package dev.weir.statistics.group;

/** What a decision and a label, where it was seen, make together. */
enum Outcome {
  TRUE_NEGATIVE,
  FALSE_POSITIVE,
  FALSE_NEGATIVE,
  TRUE_POSITIVE,
  UNLABELLED_NOT_SELECTED,
  UNLABELLED_SELECTED;

  static final int COUNT = values().length;

  /** Returns the ordinal of the outcome of a label (0, 1 or −1) and a decision (0 or 1). */
  static byte code(byte label, byte decision) {
    boolean isValid = label >= -1 && label <= 1 && (decision == 0 || decision == 1);
    if (!isValid) {
      throw new IllegalArgumentException(
          "need a label of 0, 1 or -1 and a decision of 0 or 1, was " + label + ", " + decision);
    }
    return (byte) (2 * (label < 0 ? 2 : label) + decision);
  }

  static boolean isLabelled(int code) {
    return code < UNLABELLED_NOT_SELECTED.ordinal();
  }

  /** Returns the label of a labelled outcome. */
  static int label(int code) {
    return code >> 1;
  }

  int bit() {
    return 1 << ordinal();
  }
}
