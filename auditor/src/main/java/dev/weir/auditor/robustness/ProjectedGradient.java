package dev.weir.auditor.robustness;

import dev.weir.model.explain.Scorer;
import java.util.SplittableRandom;

/**
 * Projected gradient descent and ascent in the largest norm: steps of a quarter of the radius along
 * the signs of the slopes, back into the box after each; once from the row itself and once from a
 * point drawn in its box, towards the lowest and towards the highest score. Slopes are differences
 * of scores, so any model can be attacked. Categories stay what they are.
 *
 * @see <a href="https://arxiv.org/abs/1706.06083">A. Mądry et al., Towards Deep Learning Models
 *     Resistant to Adversarial Attacks, 2018</a>
 */
final class ProjectedGradient implements Disturbance {
  private static final int STEPS = 8;
  private static final double STEP_SHARE = 0.25;

  private final NumericBox box;
  private final double radius;
  private final long seed;

  /**
   * Creates the attack.
   *
   * @param radius how far each number may move, in its standard deviations, &gt; 0
   */
  ProjectedGradient(NumericBox box, double radius, long seed) {
    this.box = box;
    this.radius = radius;
    this.seed = seed;
  }

  @Override
  public boolean isPossible() {
    return box.hasMovableFeature();
  }

  @Override
  public ScoreBand band(Scorer scorer, float[][] rows) {
    ScoreBand band = new ScoreBand(scorer.score(rows));
    SplittableRandom random = new SplittableRandom(seed);
    float[][] drawn = box.moved(rows, rows, radius, (i, j) -> 2 * random.nextDouble() - 1);
    for (double direction : new double[] {-1, 1}) {
      climb(scorer, rows, rows, direction, band);
      climb(scorer, rows, drawn, direction, band);
    }
    return band;
  }

  private void climb(
      Scorer scorer, float[][] rows, float[][] start, double direction, ScoreBand band) {
    Slopes slopes = new Slopes(scorer, box, radius * STEP_SHARE);
    float[][] points = start;
    for (int step = 0; step < STEPS; step++) {
      double[][] signs = slopes.signs(points, rows, radius, band);
      points = box.moved(points, rows, radius, (i, j) -> direction * STEP_SHARE * signs[i][j]);
    }
    band.include(scorer.score(points));
  }
}
