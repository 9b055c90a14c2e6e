package dev.weir.auditor.robustness;

import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.ProportionEstimate;

/**
 * What an attack did to a model. Under attack a row is decided, and scored, as its label likes
 * least among all scores of its band.
 *
 * @param attack the attack
 * @param rows rows attacked, ≥ 1
 * @param flipped rows whose decision some score of the band changes
 * @param flipRate {@code flipped / rows}
 * @param flipRateLower lower end of its 95 % interval (Wilson)
 * @param flipRateUpper upper end
 * @param meanChange mean over the rows of the greatest change of the score
 * @param worstChange the greatest of them
 * @param accuracy share of rows decided as labelled
 * @param accuracyUnderAttack share that no score of the band decides otherwise
 * @param brier mean of (p − y)²
 * @param brierUnderAttack mean of the greatest (p − y)² in the band
 * @param scoresDigest the band's digest
 */
public record AttackResult(
    Attack attack,
    int rows,
    long flipped,
    double flipRate,
    double flipRateLower,
    double flipRateUpper,
    double meanChange,
    double worstChange,
    double accuracy,
    double accuracyUnderAttack,
    double brier,
    double brierUnderAttack,
    String scoresDigest) {
  private static final double ALPHA = 0.05;

  /**
   * Returns what follows from a band, the same figures whenever it is asked.
   *
   * @param labels 0 or 1 per row of the band
   * @param threshold a row is decided positive when its score is ≥ this
   */
  public static AttackResult of(Attack attack, ScoreBand band, double[] labels, double threshold) {
    int n = band.size();
    if (n == 0 || labels.length != n) {
      throw new IllegalArgumentException(
          "need rows and one label each, had " + n + " rows and " + labels.length + " labels");
    }
    double sum = 0;
    double worst = 0;
    double right = 0;
    double rightUnder = 0;
    double brier = 0;
    double brierUnder = 0;
    for (int i = 0; i < n; i++) {
      boolean isPositive = labels[i] == 1;
      double leastLiked = isPositive ? band.low(i) : band.high(i);
      sum += band.change(i);
      worst = Math.max(worst, band.change(i));
      right += isPositive == band.base(i) >= threshold ? 1 : 0;
      rightUnder += isPositive == leastLiked >= threshold ? 1 : 0;
      brier += (band.base(i) - labels[i]) * (band.base(i) - labels[i]);
      brierUnder += (leastLiked - labels[i]) * (leastLiked - labels[i]);
    }
    ProportionEstimate flips = flips(band, threshold);
    Interval interval = Interval.of(flips, ALPHA);
    return new AttackResult(
        attack,
        n,
        flips.successes(),
        flips.value(),
        interval.lower(),
        interval.upper(),
        sum / n,
        worst,
        right / n,
        rightUnder / n,
        brier / n,
        brierUnder / n,
        band.digest());
  }

  /** Returns the share of rows whose decision some score of the band changes. */
  static ProportionEstimate flips(ScoreBand band, double threshold) {
    long flips = 0;
    for (int i = 0; i < band.size(); i++) {
      boolean isPositive = band.base(i) >= threshold;
      boolean canFlip = isPositive ? band.low(i) < threshold : band.high(i) >= threshold;
      flips += canFlip ? 1 : 0;
    }
    return new ProportionEstimate(flips, band.size());
  }
}
