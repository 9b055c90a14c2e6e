package dev.weir.statistics.mitigation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A randomized decision by score and group, as {@link ThresholdOptimizer} finds it.
 *
 * @param byGroup the rule of each group
 */
public record GroupThresholds(SortedMap<String, Rule> byGroup) {
  public GroupThresholds {
    byGroup = Collections.unmodifiableSortedMap(new TreeMap<>(byGroup));
  }

  /**
   * The rule of one group: with probability {@code pIgnore} the score is ignored and the row
   * selected with probability {@code constant}; else it is selected when its score lies above a
   * threshold, the first with probability {@code p0} and the second with {@code p1}.
   *
   * @param pIgnore in [0, 1]; above 0 for equalized odds only
   * @param constant in [0, 1]
   * @param p0 in [0, 1]
   * @param threshold0 a score, or ±∞ to select nobody or everybody
   * @param p1 1 − p0
   * @param threshold1 a score, or ±∞
   */
  public record Rule(
      double pIgnore, double constant, double p0, double threshold0, double p1, double threshold1) {
    /** Returns the probability with which a score is selected. */
    public double probability(double score) {
      double above = (score > threshold0 ? p0 : 0) + (score > threshold1 ? p1 : 0);
      return pIgnore * constant + (1 - pIgnore) * above;
    }

    /** Returns the likelier threshold: the decision without chance that lies nearest. */
    public double likelierThreshold() {
      return p0 >= p1 ? threshold0 : threshold1;
    }
  }

  /**
   * Returns the probability with which a row is selected.
   *
   * @throws IllegalArgumentException if there is no rule for the group
   */
  public double probability(String group, double score) {
    Rule rule = byGroup.get(group);
    if (rule == null) {
      throw new IllegalArgumentException(
          "group must be one of " + byGroup.keySet() + ", was " + group);
    }
    return rule.probability(score);
  }
}
