package dev.weir.model.explain.counterfactual;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/*
 * Idea: change as few features as possible, to values that were seen. Round k tries every value of
 * one more feature on each of the best rows of round k − 1 (a beam). The first round with a valid
 * row ends the search, so the sparsity is the smallest that the beam reaches. Of the valid rows the
 * nearest is then brought nearer: changes that are not needed are taken back, and numbers are moved
 * towards the explained row by bisection, inside the observed range.
 *
 * Cost: rounds · beam · F · values evaluations, in batches.
 */

/**
 * Finds the nearest plausible row that a model scores as wanted.
 *
 * <p>Plausible means: a changed feature has a value inside the background's observed range, a
 * category one of its observed codes, and immutable features stay. No claim is made about values
 * that go together, nor that a change of the feature in the world would change the outcome.
 * Deterministic. Thread-safe if the predictor is.
 *
 * @see <a href="https://arxiv.org/abs/1711.00399">S. Wachter et al., Counterfactual explanations
 *     without opening the black box, 2017</a>
 * @see <a href="https://arxiv.org/abs/1905.07697">R. Mothilal et al., Explaining machine learning
 *     classifiers through diverse counterfactual explanations, 2020, §4 (validity, proximity,
 *     sparsity)</a>
 */
public final class CounterfactualSearch {
  private static final int BEAM = 8;
  private static final int BISECTIONS = 20;

  private final Predictor predictor;
  private final int output;
  private final FeatureRanges ranges;

  private CounterfactualSearch(Predictor predictor, int output, FeatureRanges ranges) {
    this.predictor = predictor;
    this.output = output;
    this.ranges = ranges;
  }

  /**
   * Returns a search.
   *
   * @param output which output is scored
   * @param background the rows whose values are plausible
   * @param immutable features that stay as they are
   * @param categories features whose values are codes without an order
   */
  public static CounterfactualSearch of(
      Predictor predictor,
      int output,
      Background background,
      Set<Integer> immutable,
      Set<Integer> categories) {
    return new CounterfactualSearch(
        predictor, output, new FeatureRanges(background, immutable, categories));
  }

  /**
   * Returns the nearest row found whose score is wanted; if none is, the row that comes closest,
   * which is not {@link Counterfactual#isValid valid}.
   *
   * @param row the row to explain, shape [F]
   * @param wanted the scores sought
   * @param mostChanges the most features that may differ, ≥ 1
   * @throws IllegalArgumentException if the row has another width than the background
   */
  public Counterfactual nearest(double[] row, Wanted wanted, int mostChanges) {
    if (row.length != ranges.features() || mostChanges < 1) {
      throw new IllegalArgumentException(
          "the row must have "
              + ranges.features()
              + " values and mostChanges be >= 1, were "
              + row.length
              + " and "
              + mostChanges);
    }
    List<Trial> beam = score(row, wanted, List.of(row.clone()));
    for (int round = 0; round < mostChanges && !beam.get(0).isValid(); round++) {
      List<double[]> next = new ArrayList<>();
      beam.forEach(trial -> next.addAll(neighbours(row, trial.row())));
      List<Trial> found = new ArrayList<>(score(row, wanted, next));
      found.addAll(beam);
      found.sort(Trial.BEST_FIRST);
      beam = found.subList(0, Math.min(BEAM, found.size()));
    }
    Trial best = beam.get(0);
    return result(row, best.isValid() ? brought(row, wanted, best) : best);
  }

  /** A row tried, with how far its score is from what is wanted. */
  private record Trial(double[] row, double score, double miss, double proximity) {
    static final Comparator<Trial> BEST_FIRST =
        Comparator.comparingDouble(Trial::miss).thenComparingDouble(Trial::proximity);

    boolean isValid() {
      return miss == 0;
    }
  }

  private List<Trial> score(double[] origin, Wanted wanted, List<double[]> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    double[][] outputs = predictor.score(rows.toArray(double[][]::new));
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < outputs.length; i++) {
      double score = outputs[i][output];
      double[] row = rows.get(i);
      trials.add(new Trial(row, score, wanted.distance(score), ranges.distance(origin, row)));
    }
    return trials;
  }

  /** Every row that differs from {@code from} in one feature that is still the origin's. */
  private List<double[]> neighbours(double[] origin, double[] from) {
    List<double[]> rows = new ArrayList<>();
    for (int j = 0; j < from.length; j++) {
      if (Double.compare(from[j], origin[j]) != 0) {
        continue;
      }
      for (double value : ranges.candidates(j)) {
        if (value != origin[j]) {
          double[] changed = from.clone();
          changed[j] = value;
          rows.add(changed);
        }
      }
    }
    return rows;
  }

  /** Brings a valid row as near as single features allow. */
  private Trial brought(double[] origin, Wanted wanted, Trial valid) {
    Trial best = valid;
    for (int j : changed(origin, valid.row())) {
      best = nearer(origin, wanted, best, j, origin[j]);
      boolean isNumber = !ranges.isCategory(j) && !Double.isNaN(origin[j]);
      if (isNumber && Double.compare(best.row()[j], origin[j]) != 0) {
        double invalid = origin[j];
        for (int step = 0; step < BISECTIONS; step++) {
          double middle = (invalid + best.row()[j]) / 2;
          Trial moved = nearer(origin, wanted, best, j, middle);
          invalid = moved == best ? middle : invalid;
          best = moved;
        }
      }
    }
    return best;
  }

  /** Returns {@code from} with another value of one feature, if that is plausible and valid. */
  private Trial nearer(double[] origin, Wanted wanted, Trial from, int feature, double value) {
    boolean isBack = Double.compare(value, origin[feature]) == 0;
    if (!isBack && !ranges.contains(feature, value)) {
      return from;
    }
    double[] moved = from.row().clone();
    moved[feature] = value;
    Trial trial = score(origin, wanted, List.of(moved)).get(0);
    return trial.isValid() ? trial : from;
  }

  private static List<Integer> changed(double[] origin, double[] row) {
    return IntStream.range(0, row.length)
        .filter(j -> Double.compare(row[j], origin[j]) != 0)
        .boxed()
        .toList();
  }

  private static Counterfactual result(double[] origin, Trial trial) {
    List<Double> row = IntStream.range(0, origin.length).mapToObj(j -> trial.row()[j]).toList();
    return new Counterfactual(
        row, trial.score(), trial.isValid(), changed(origin, trial.row()), trial.proximity());
  }
}
