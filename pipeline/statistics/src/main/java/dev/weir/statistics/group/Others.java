package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.IndependentRatio;
import dev.weir.statistics.interval.MonotoneEstimate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All rows that are not in a group, to compare the group with all rows without counting it twice.
 *
 * <p>A mean over all rows is {@code m = s · g + (1 − s) · o} of the group's g, with its share s of
 * the weight, and the others' o. So {@code g − m = (1 − s)(g − o)} and {@code g / m = r / (s r + 1
 * − s)}, r = g / o, both of two independent estimates; the share is taken as given.
 *
 * @param estimate the metric over the others
 * @param share the group's share of the weight that the metric rests on, in [0, 1)
 */
public record Others(Estimate estimate, double share) {

  static Optional<Others> of(@Nullable MomentSums own, MomentSums others, int group) {
    double weight = own == null ? 0 : own.weight(group);
    return others
        .mean(group)
        .map(mean -> new Others(mean, weight / (weight + others.weight(group))));
  }

  /** Returns the group minus all rows. */
  public Estimate difference(Estimate group) {
    return new MonotoneEstimate(
        new IndependentDifference(group, estimate), d -> (1 - share) * d, d -> 1 - share);
  }

  /**
   * Returns the group over all rows.
   *
   * @param group not negative; the others' metric must be &gt; 0
   */
  public Estimate ratio(Estimate group) {
    return new MonotoneEstimate(
        new IndependentRatio(group, estimate),
        r -> Double.isInfinite(r) ? 1 / share : r / (share * r + 1 - share),
        r -> (1 - share) / Math.pow(share * r + 1 - share, 2));
  }
}
