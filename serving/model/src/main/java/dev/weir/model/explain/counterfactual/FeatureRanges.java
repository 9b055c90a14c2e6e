package dev.weir.model.explain.counterfactual;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.global.PartialDependence;
import java.util.Set;

/** What a counterfactual may put into each feature: values seen in the background. Immutable. */
final class FeatureRanges {
  private static final int MOST_VALUES = 16;

  private final Set<Integer> immutable;
  private final Set<Integer> categories;
  private final double[][] candidates;

  FeatureRanges(Background background, Set<Integer> immutable, Set<Integer> categories) {
    this.immutable = Set.copyOf(immutable);
    this.categories = Set.copyOf(categories);
    this.candidates = new double[background.features()][];
    for (int j = 0; j < candidates.length; j++) {
      int most = categories.contains(j) ? Math.max(2, background.size()) : MOST_VALUES;
      candidates[j] = PartialDependence.grid(background.column(j), most);
    }
  }

  int features() {
    return candidates.length;
  }

  boolean isImmutable(int feature) {
    return immutable.contains(feature);
  }

  boolean isCategory(int feature) {
    return categories.contains(feature);
  }

  /** Returns observed values of a feature, ascending; none for an immutable one. */
  double[] candidates(int feature) {
    return isImmutable(feature) ? new double[0] : candidates[feature];
  }

  boolean contains(int feature, double value) {
    double[] seen = candidates[feature];
    return seen.length > 0 && seen[0] <= value && value <= seen[seen.length - 1];
  }

  /** Gower distance, in [0, 1]. */
  double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += distance(j, a[j], b[j]);
    }
    return sum / a.length;
  }

  private double distance(int feature, double a, double b) {
    if (Double.compare(a, b) == 0) {
      return 0;
    }
    double[] seen = candidates[feature];
    double range = seen.length == 0 ? 0 : seen[seen.length - 1] - seen[0];
    if (isCategory(feature) || Double.isNaN(a) || Double.isNaN(b) || range == 0) {
      return 1;
    }
    return Math.min(1, Math.abs(a - b) / range);
  }
}
