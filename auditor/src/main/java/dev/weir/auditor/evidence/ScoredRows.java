package dev.weir.auditor.evidence;

import dev.weir.contracts.event.Example;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The rows that judge, with what candidate and champion say of them; not copied, not changed. */
public final class ScoredRows {
  private final List<Example> examples;
  private final double[] candidate;
  private final Optional<double[]> champion;

  /**
   * Creates scored rows.
   *
   * @param examples the rows, held out from training
   * @param candidate the candidate's probabilities, same length
   * @param champion the champion's probabilities, same length, if there is a champion
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public ScoredRows(List<Example> examples, double[] candidate, Optional<double[]> champion) {
    this.examples = List.copyOf(examples);
    this.candidate = candidate;
    this.champion = champion;
  }

  /** Returns the rows. */
  public List<Example> examples() {
    return examples;
  }

  /** Returns the candidate's probabilities. */
  public double[] candidate() {
    return candidate.clone();
  }

  /** Returns the champion's probabilities, if there is a champion. */
  public Optional<double[]> champion() {
    return champion.map(double[]::clone);
  }

  int size() {
    return examples.size();
  }

  double p(int row) {
    return candidate[row];
  }

  double y(int row) {
    return examples.get(row).label();
  }

  double brier(int row) {
    return square(candidate[row] - y(row));
  }

  double[] labels() {
    return examples.stream().mapToDouble(Example::label).toArray();
  }

  /** Returns the values of a grouping that occur, in order. */
  Set<String> values(String grouping) {
    Set<String> values = new TreeSet<>();
    for (Example example : examples) {
      String value = example.row().groups().get(grouping);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  boolean hasGroup(int row, String grouping) {
    return examples.get(row).row().groups().containsKey(grouping);
  }

  /** Returns how many rows have no value of a grouping. */
  public long withoutGroup(String grouping) {
    return IntStream.range(0, size()).filter(row -> !hasGroup(row, grouping)).count();
  }

  boolean isIn(int row, String grouping, String value) {
    return value.equals(examples.get(row).row().groups().get(grouping));
  }

  static double square(double x) {
    return x * x;
  }
}
