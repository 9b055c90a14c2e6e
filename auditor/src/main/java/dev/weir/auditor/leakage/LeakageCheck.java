package dev.weir.auditor.leakage;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.model.explain.Scorer;
import dev.weir.statistics.interval.AucDifference;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Asks of every feature how much of the label it tells, alone and within the model.
 *
 * <p>A feature that is a copy of the outcome, or a consequence of it, ranks the rows nearly
 * perfectly by itself, or the model's ranking falls apart when the feature's values are shuffled
 * among the rows. Either can be missed by the other: two copies cover for each other when one is
 * shuffled, and a difference of two features tells nothing by either alone. The areas are compared
 * with a limit that the policy's author sets for what is plausible in the field; no statistic knows
 * whether a good feature is too good to be true.
 *
 * @see <a href="https://doi.org/10.1145/2382577.2382579">S. Kaufman et al., Leakage in Data Mining,
 *     2012</a>
 */
public final class LeakageCheck {
  private final Scorer scorer;
  private final float[][] rows;
  private final double[] labels;
  private final long seed;

  /**
   * Creates the check of a model.
   *
   * @param scorer the model
   * @param rows held-out rows, shape [N, F]; not copied, not changed
   * @param labels 0 or 1, shape [N]
   * @param seed of the halves and of the shuffles; each feature has its own random stream
   */
  public LeakageCheck(Scorer scorer, float[][] rows, double[] labels, long seed) {
    if (rows.length != labels.length) {
      throw new IllegalArgumentException(
          "need one label per row, had " + rows.length + " rows and " + labels.length + " labels");
    }
    this.scorer = scorer;
    this.rows = rows;
    this.labels = labels;
    this.seed = seed;
  }

  /**
   * Returns what each feature tells, in the order of the layout, at the cost of F + 1 scorings.
   *
   * @param knownAfterLabel features of which is declared that they are known only after the label
   */
  public List<FeatureLeakage> of(FeatureLayout layout, Set<String> knownAfterLabel) {
    double[] scores = scorer.score(rows);
    List<FeatureLeakage> found = new ArrayList<>();
    for (int feature = 0; feature < layout.columns().size(); feature++) {
      FeatureLayout.Column column = layout.columns().get(feature);
      SplittableRandom random = new SplittableRandom(seed + feature);
      Optional<AucEstimate> alone = alone(feature, column.isCategory(), random);
      Optional<MeanEstimate> drop =
          AucDifference.of(scores, scorer.score(shuffled(feature, random)), labels);
      found.add(
          new FeatureLeakage(
              column.name(),
              alone.orElse(null),
              drop.orElse(null),
              knownAfterLabel.contains(column.name()),
              rows.length));
    }
    return List.copyOf(found);
  }

  private Optional<AucEstimate> alone(int feature, boolean isCategory, SplittableRandom random) {
    float[] values = new float[rows.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i][feature];
    }
    return AucEstimate.of(FeatureAlone.scores(values, labels, isCategory, random), labels);
  }

  /** Fisher–Yates on one column of a copy. */
  private float[][] shuffled(int feature, SplittableRandom random) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
      int j = random.nextInt(i + 1);
      copy[i][feature] = copy[j][feature];
      copy[j][feature] = rows[i][feature];
    }
    return copy;
  }
}
