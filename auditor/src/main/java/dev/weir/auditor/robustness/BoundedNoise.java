package dev.weir.auditor.robustness;

import dev.weir.model.explain.Scorer;
import java.util.SplittableRandom;

/**
 * Noise of at most k standard deviations on every number at once, the worst of what was tried: each
 * number alone, both corners that the signs of the slopes point to, and corners drawn at random.
 *
 * <p>For a model that is monotone in each number the two corners are the worst case itself; for
 * others the band is a lower bound of it.
 */
final class BoundedNoise implements Disturbance {
  private static final int DRAWS = 8;

  private final NumericBox box;
  private final double radius;
  private final long seed;

  /**
   * Creates the noise.
   *
   * @param radius k, in standard deviations of each number, &gt; 0
   */
  BoundedNoise(NumericBox box, double radius, long seed) {
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
    double[][] signs = new Slopes(scorer, box, radius).signs(rows, rows, radius, band);
    band.include(scorer.score(corners(rows, signs, 1)));
    band.include(scorer.score(corners(rows, signs, -1)));
    SplittableRandom random = new SplittableRandom(seed);
    for (int draw = 0; draw < DRAWS; draw++) {
      band.include(scorer.score(corners(rows, randomSigns(rows.length, random), 1)));
    }
    return band;
  }

  private double[][] randomSigns(int count, SplittableRandom random) {
    double[][] signs = new double[count][box.width()];
    for (double[] row : signs) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextBoolean() ? 1 : -1;
      }
    }
    return signs;
  }

  private float[][] corners(float[][] rows, double[][] signs, double direction) {
    return box.moved(rows, rows, radius, (i, j) -> direction * signs[i][j]);
  }
}
