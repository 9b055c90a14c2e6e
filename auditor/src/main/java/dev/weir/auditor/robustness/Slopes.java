package dev.weir.auditor.robustness;

import dev.weir.model.explain.Scorer;

/**
 * Central differences of the score by each number: {@code p(x + h·eⱼ) − p(x − h·eⱼ)}, h a multiple
 * of the feature's standard deviation. Only their signs are used, and a wide h sees past the flat
 * steps of a graph of 32-bit floats. Needs nothing but scores, at 2 scorings per feature.
 */
final class Slopes {
  private final Scorer scorer;
  private final NumericBox box;
  private final double step;

  /**
   * Creates them.
   *
   * @param step h in standard deviations
   */
  Slopes(Scorer scorer, NumericBox box, double step) {
    this.scorer = scorer;
    this.box = box;
    this.step = step;
  }

  /**
   * Returns the signs, shape [N, F], and widens the band to the scores that were seen on the way.
   *
   * @param points where the slopes are wanted, shape [N, F]; inside the box around the centres
   * @param centres what was observed, shape [N, F]
   * @param radius how far from the centres, in standard deviations
   */
  double[][] signs(float[][] points, float[][] centres, double radius, ScoreBand band) {
    double[][] signs = new double[points.length][box.width()];
    for (int feature = 0; feature < box.width(); feature++) {
      if (box.isMovable(feature)) {
        double[] above = scorer.score(moved(points, centres, feature, step, radius));
        double[] below = scorer.score(moved(points, centres, feature, -step, radius));
        band.include(above);
        band.include(below);
        for (int i = 0; i < points.length; i++) {
          signs[i][feature] = Math.signum(above[i] - below[i]);
        }
      }
    }
    return signs;
  }

  private float[][] moved(
      float[][] points, float[][] centres, int feature, double change, double radius) {
    double deviation = box.deviation(feature);
    float[][] moved = new float[points.length][];
    for (int i = 0; i < points.length; i++) {
      moved[i] = points[i].clone();
      float value = points[i][feature];
      if (!Float.isNaN(value)) {
        moved[i][feature] =
            box.moved(feature, value, change * deviation, centres[i][feature], radius * deviation);
      }
    }
    return moved;
  }
}
