package dev.weir.auditor.evidence;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows that judge, with what candidate and champion say of them; arrays are not copied, and not
 * changed. Not thread-safe.
 */
public final class ScoredRows {
  private final double[] labels;
  private final double[] candidate;
  private final Optional<double[]> champion;
  private final Function<String, Grouping> source;
  private final Map<String, Grouping> groupings = new HashMap<>();

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private ScoredRows(
      double[] labels,
      double[] candidate,
      Optional<double[]> champion,
      Function<String, Grouping> source) {
    this.labels = labels;
    this.candidate = candidate;
    this.champion = champion;
    this.source = source;
  }

  /**
   * Returns scored examples.
   *
   * @param examples the rows, held out from training
   * @param candidate the candidate's probabilities, same length
   * @param champion the champion's probabilities, same length, if there is a champion
   * @param groupings what the rows can be grouped by
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public static ScoredRows of(
      List<Example> examples,
      double[] candidate,
      Optional<double[]> champion,
      Groupings groupings) {
    List<Row> rows = examples.stream().map(Example::row).toList();
    return new ScoredRows(
        examples.stream().mapToDouble(Example::label).toArray(),
        candidate,
        champion,
        name -> groupings.of(name, rows));
  }

  /**
   * Returns scored rows without a champion.
   *
   * @param labels 0 or 1 per row
   * @param candidate the candidate's probabilities, same length
   * @param groupings by name; no row has any other
   */
  public static ScoredRows of(
      double[] labels, double[] candidate, Map<String, Grouping> groupings) {
    Grouping nobody = new Grouping(List.of(), new int[0]);
    return of(labels, candidate, name -> groupings.getOrDefault(name, nobody));
  }

  /**
   * Returns scored rows without a champion.
   *
   * @param labels 0 or 1 per row, or NaN where there is none
   * @param candidate the candidate's probabilities, same length
   * @param groupings by name, asked once of each
   */
  public static ScoredRows of(
      double[] labels, double[] candidate, Function<String, Grouping> groupings) {
    return new ScoredRows(labels, candidate, Optional.empty(), groupings);
  }

  /** Returns the same rows with another version's probabilities, and without a champion. */
  public ScoredRows scoredBy(double[] other) {
    return new ScoredRows(labels, other, Optional.empty(), this::grouping);
  }

  /** Returns the candidate's probabilities. */
  public double[] candidate() {
    return candidate.clone();
  }

  /** Returns the champion's probabilities, if there is a champion. */
  public Optional<double[]> champion() {
    return champion.map(double[]::clone);
  }

  /** Returns the labels, 0 or 1. */
  public double[] labels() {
    return labels.clone();
  }

  /** Returns the number of rows. */
  public int size() {
    return labels.length;
  }

  /** Returns which value of a grouping each row has. */
  public Grouping grouping(String name) {
    return groupings.computeIfAbsent(name, source);
  }

  double p(int row) {
    return candidate[row];
  }

  double y(int row) {
    return labels[row];
  }

  double brier(int row) {
    return square(candidate[row] - labels[row]);
  }

  static double square(double x) {
    return x * x;
  }
}
