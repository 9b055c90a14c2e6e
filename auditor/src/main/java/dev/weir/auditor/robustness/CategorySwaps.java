package dev.weir.auditor.robustness;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.feature.FeatureLayout.Column;
import dev.weir.model.explain.Scorer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One category is another of its vocabulary, each feature in turn: every one of a vocabulary of up
 * to {@value #MOST_VALUES}, else as many drawn from it, so that the band is a lower bound there.
 */
final class CategorySwaps implements Disturbance {
  private static final int MOST_VALUES = 16;

  private final FeatureLayout layout;
  private final long seed;

  CategorySwaps(FeatureLayout layout, long seed) {
    this.layout = layout;
    this.seed = seed;
  }

  @Override
  public boolean isPossible() {
    return layout.columns().stream().anyMatch(column -> column.cardinality() > 1);
  }

  @Override
  public ScoreBand band(Scorer scorer, float[][] rows) {
    ScoreBand band = new ScoreBand(scorer.score(rows));
    for (int feature = 0; feature < layout.columns().size(); feature++) {
      Column column = layout.columns().get(feature);
      for (int code : codes(column.cardinality(), new SplittableRandom(seed + feature))) {
        band.include(scorer.score(Columns.replaced(rows, feature, code)));
      }
    }
    return band;
  }

  private static int[] codes(int cardinality, SplittableRandom random) {
    return cardinality <= MOST_VALUES
        ? IntStream.rangeClosed(1, cardinality).toArray()
        : random.ints(1, cardinality + 1).distinct().limit(MOST_VALUES).toArray();
  }
}
