package dev.weir.auditor.robustness;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.model.explain.Scorer;

/** One feature is missing, each in turn: a number is NaN, a category has the code of unseen. */
final class MissingValues implements Disturbance {
  private final FeatureLayout layout;

  MissingValues(FeatureLayout layout) {
    this.layout = layout;
  }

  @Override
  public boolean isPossible() {
    return !layout.columns().isEmpty();
  }

  @Override
  public ScoreBand band(Scorer scorer, float[][] rows) {
    ScoreBand band = new ScoreBand(scorer.score(rows));
    for (int feature = 0; feature < layout.columns().size(); feature++) {
      float missing = layout.columns().get(feature).isCategory() ? 0 : Float.NaN;
      band.include(scorer.score(Columns.replaced(rows, feature, missing)));
    }
    return band;
  }
}
