package dev.weir.statistics.interval;

/**
 * Clopper and Pearson's interval of a proportion, {@link ExactProportion}: it never covers less
 * than it promises, and mostly more.
 */
public final class ClopperPearson {
  private ClopperPearson() {}

  /** Returns the two-sided interval of level 1 − {@code alpha}, within [0, 1]. */
  public static Interval of(ProportionEstimate proportion, double alpha) {
    return Interval.of(new ExactProportion(proportion.successes(), proportion.n()), alpha);
  }
}
