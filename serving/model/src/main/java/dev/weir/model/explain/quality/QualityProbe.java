package dev.weir.model.explain.quality;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.shapley.ScoredCoalitions;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measures the quality of a way to explain one model. Each row is explained three times: as it is,
 * against a bootstrapped background, and with noise of {@value #NOISE} standard deviations of the
 * background on each of its numbers. Thread-safe if the predictor is.
 *
 * @see <a href="https://doi.org/10.1109/TNNLS.2016.2599820">W. Samek et al., Evaluating the
 *     visualization of what a deep neural network has learned, 2017 (deletion curve)</a>
 * @see <a href="https://arxiv.org/abs/1806.08049">D. Alvarez-Melis, T. Jaakkola, On the robustness
 *     of interpretability methods, 2018</a>
 */
public final class QualityProbe {
  /** Noise on a row's numbers, in standard deviations of the background. */
  static final double NOISE = 0.05;

  private static final int RANDOM_ORDERS = 8;

  private final Predictor predictor;
  private final Background background;
  private final Function<Background, Explainer> method;
  private final Set<Integer> categories;

  /**
   * Creates a probe.
   *
   * @param method gives the explainer against a background
   * @param categories features whose values are codes, which get no noise
   */
  public QualityProbe(
      Predictor predictor,
      Background background,
      Function<Background, Explainer> method,
      Set<Integer> categories) {
    this.predictor = predictor;
    this.background = background;
    this.method = method;
    this.categories = Set.copyOf(categories);
  }

  /**
   * Returns the quality over some rows.
   *
   * @param rows shape [N, F], N ≥ 1
   * @param output which output is explained
   */
  public ExplanationQuality measure(double[][] rows, int output, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Explainer explainer = method.apply(background);
    Explainer resampled = method.apply(bootstrapped(random));
    DeletionCurve deletion = new DeletionCurve(new ScoredCoalitions(predictor, background), output);
    double gap = 0;
    List<Double> gains = new ArrayList<>();
    List<Double> ofBackground = new ArrayList<>();
    List<Double> ofNoise = new ArrayList<>();
    for (double[] row : rows) {
      Attribution attribution = explainer.explain(row);
      double[] values = attribution.values(output);
      gap = Math.max(gap, Math.abs(attribution.additivityGap(output)));
      gains.add(deletion.gain(row, values, RANDOM_ORDERS, random));
      addChange(ofBackground, values, resampled.explain(row).values(output));
      addChange(ofNoise, values, explainer.explain(noisy(row, random)).values(output));
    }
    return new ExplanationQuality(rows.length, gap, mean(gains), mean(ofBackground), mean(ofNoise));
  }

  private Background bootstrapped(SplittableRandom random) {
    double[][] drawn = new double[background.size()][];
    for (int b = 0; b < drawn.length; b++) {
      drawn[b] = background.row(random.nextInt(drawn.length));
    }
    return Background.of(drawn);
  }

  private double[] noisy(double[] row, SplittableRandom random) {
    double[] noisy = row.clone();
    for (int j = 0; j < row.length; j++) {
      double noise = random.nextGaussian() * NOISE * deviation(background.column(j));
      noisy[j] += categories.contains(j) ? 0 : noise;
    }
    return noisy;
  }

  /** Standard deviation of the values that are known; 0 if there are fewer than two. */
  private static double deviation(double[] column) {
    double mean = 0;
    double squares = 0;
    int n = 0;
    for (double value : column) {
      if (!Double.isNaN(value)) {
        n++;
        double from = value - mean;
        mean += from / n;
        squares += from * (value - mean);
      }
    }
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  }

  private static void addChange(List<Double> changes, double[] values, double[] other) {
    double length = 0;
    double distance = 0;
    for (int j = 0; j < values.length; j++) {
      length += values[j] * values[j];
      distance += (other[j] - values[j]) * (other[j] - values[j]);
    }
    if (length > 0) {
      changes.add(Math.sqrt(distance / length));
    }
  }

  private static @Nullable MeanEstimate mean(List<Double> samples) {
    return samples.size() < 2
        ? null
        : MeanEstimate.of(samples.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
