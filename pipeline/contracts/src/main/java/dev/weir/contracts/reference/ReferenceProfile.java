package dev.weir.contracts.reference;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.feature.FeatureLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a version saw when it was trained, in counts: monitors compare live rows with it. It holds
 * no row, so that it can travel in the manifest and in a topic.
 *
 * @param rows training rows behind it
 * @param features one distribution per position of the feature vector, in its order
 * @param prediction the version's own probabilities on these rows
 * @param loss the version's log loss on each of these rows, in nats: {@code −ln P(yᵢ)}, with
 *     probabilities clipped to [ε, 1 − ε], ε = 2⁻⁵²
 */
public record ReferenceProfile(
    long rows,
    List<Distribution> features,
    Distribution.Numbers prediction,
    Distribution.Numbers loss) {
  /** Most bins of a number's histogram: deciles of the training rows. */
  public static final int NUMBER_BINS = 10;

  /** Bins of the prediction's histogram, of equal width over [0, 1]. */
  public static final int PREDICTION_BINS = 20;

  /** As in scikit-learn's log loss, so that every loss is finite. */
  private static final double CLIP = Math.ulp(1.0);

  public ReferenceProfile {
    requireNonNull(prediction, "prediction");
    requireNonNull(loss, "loss");
    features = List.copyOf(features);
  }

  /**
   * Returns the profile of training rows.
   *
   * <p>Numbers and losses are binned by deciles (fewer where values tie), categories by code,
   * predictions in steps of 0.05.
   *
   * @param layout what stands at each position
   * @param rows the training rows, each as long as the layout
   * @param predictions the probability of class 1 for each row, in the same order
   * @param labels the label of each row, 0 or 1, in the same order
   * @throws IllegalArgumentException if lengths differ, or a category's value is no code of its
   *     vocabulary
   */
  public static ReferenceProfile of(
      FeatureLayout layout, List<FeatureVector> rows, double[] predictions, double[] labels) {
    if (rows.size() != predictions.length || rows.size() != labels.length) {
      throw new IllegalArgumentException(
          "need a prediction and a label per row, was "
              + predictions.length
              + " and "
              + labels.length
              + " for "
              + rows.size());
    }
    int size = layout.columns().size();
    for (FeatureVector row : rows) {
      if (row.size() != size) {
        throw new IllegalArgumentException(
            "row must have " + size + " positions, was " + row.size());
      }
    }
    List<Distribution> features = new ArrayList<>(size);
    for (int position = 0; position < size; position++) {
      features.add(distribution(layout.columns().get(position), column(rows, position)));
    }
    return new ReferenceProfile(
        rows.size(),
        features,
        predictionHistogram(predictions),
        Distribution.Numbers.equalCount("loss", losses(predictions, labels), NUMBER_BINS));
  }

  /**
   * Returns whether rows of a layout can be counted over this profile: the same names in the same
   * order, numbers where numbers were, and categories with as many codes.
   */
  public boolean fits(FeatureLayout layout) {
    if (layout.columns().size() != features.size()) {
      return false;
    }
    for (int position = 0; position < features.size(); position++) {
      FeatureLayout.Column column = layout.columns().get(position);
      Distribution feature = features.get(position);
      boolean isSameKind =
          feature instanceof Distribution.Codes
              ? feature.counts().size() == column.cardinality() + 1
              : !column.isCategory();
      if (!isSameKind || !feature.name().equals(column.name())) {
        return false;
      }
    }
    return true;
  }

  private static double[] losses(double[] predictions, double[] labels) {
    double[] losses = new double[predictions.length];
    for (int i = 0; i < losses.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException("label must be 0 or 1, was " + labels[i]);
      }
      double p = Math.min(1 - CLIP, Math.max(CLIP, predictions[i]));
      losses[i] = labels[i] == 1 ? -Math.log(p) : -Math.log1p(-p);
    }
    return losses;
  }

  private static double[] column(List<FeatureVector> rows, int position) {
    return rows.stream().mapToDouble(row -> row.get(position)).toArray();
  }

  private static Distribution distribution(FeatureLayout.Column column, double[] values) {
    return column.isCategory()
        ? Distribution.Codes.of(column.name(), values, column.cardinality())
        : Distribution.Numbers.equalCount(column.name(), values, NUMBER_BINS);
  }

  private static Distribution.Numbers predictionHistogram(double[] predictions) {
    List<Double> edges =
        IntStream.range(1, PREDICTION_BINS).mapToObj(i -> i / (double) PREDICTION_BINS).toList();
    return Distribution.Numbers.over("prediction", predictions, edges);
  }
}
