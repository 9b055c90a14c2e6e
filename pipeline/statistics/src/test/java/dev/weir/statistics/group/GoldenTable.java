package dev.weir.statistics.group;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.testkit.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A golden table of decisions, by group or by intersection of two. */
final class GoldenTable {
  private final GoldenFile file;
  private final double[] labels;
  private final double[] decisions;
  private final double[] scores;
  private final double[] weights;
  private final List<String> groups;
  private final Collection<String> cells;
  private final Map<String, Confusion> confusions = new LinkedHashMap<>();
  private final Confusion overall;

  GoldenTable(GoldenFile file) {
    this(file, file.json().get("weighted").asBoolean());
  }

  GoldenTable(GoldenFile file, boolean isWeighted) {
    this.file = file;
    labels = file.csv().doubles("y_true");
    decisions = file.csv().doubles("y_pred");
    scores = file.csv().doubles("score");
    weights = new double[labels.length];
    double[] column = file.csv().doubles("weight");
    for (int i = 0; i < weights.length; i++) {
      weights[i] = isWeighted ? column[i] : 1;
    }
    groups = groups(file);
    cells = new TreeSet<>(groups);
    cells.forEach(cell -> confusions.put(cell, of(cell)));
    overall = confusion(i -> true);
  }

  private static List<String> groups(GoldenFile file) {
    List<List<String>> columns = new ArrayList<>();
    for (JsonNode name : file.json().get("sensitive_columns")) {
      columns.add(file.csv().column(name.asText()));
    }
    return IntStream.range(0, columns.get(0).size())
        .mapToObj(i -> String.join("|", columns.stream().map(c -> c.get(i)).toList()))
        .toList();
  }

  /** Returns the groups that have rows. */
  Collection<String> cells() {
    return cells;
  }

  /** Returns the cells of the intersection that have no rows. */
  Collection<String> emptyCells() {
    Collection<String> empty = new TreeSet<>();
    empty.add("");
    for (int at = 0; at < cells.iterator().next().split("\\|", -1).length; at++) {
      int attribute = at;
      Collection<String> values = new TreeSet<>();
      cells.forEach(cell -> values.add(cell.split("\\|", -1)[attribute]));
      Collection<String> longer = new TreeSet<>();
      empty.forEach(
          begin ->
              values.forEach(value -> longer.add(begin.isEmpty() ? value : begin + "|" + value)));
      empty = longer;
    }
    empty.removeAll(cells);
    return empty;
  }

  List<String> groups() {
    return groups;
  }

  double[] labels() {
    return labels.clone();
  }

  double[] decisions() {
    return decisions.clone();
  }

  double[] weights() {
    return weights.clone();
  }

  double[] scoreColumn() {
    return scores.clone();
  }

  /** Returns x1, x2, …, and 1 in the last column where the row is of the privileged group. */
  double[][] features(String privileged) {
    List<double[]> columns =
        file.csv().columns().stream()
            .filter(name -> name.matches("x\\d+"))
            .map(file.csv()::doubles)
            .toList();
    List<String> sides = sides(privileged);
    double[][] rows = new double[labels.length][columns.size() + 1];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.size(); j++) {
        rows[i][j] = columns.get(j)[i];
      }
      rows[i][columns.size()] = sides.get(i).equals("priv") ? 1 : 0;
    }
    return rows;
  }

  /** Returns {@code priv} or {@code unpriv} for each row, by the first attribute. */
  List<String> sides(String privileged) {
    return groups.stream().map(g -> first(g).equals(privileged) ? "priv" : "unpriv").toList();
  }

  private static String first(String group) {
    return group.split("\\|", -1)[0];
  }

  /**
   * Rows of one group, unweighted.
   *
   * @param positives with label 1
   * @param negatives with label 0
   * @param selected with decision 1
   */
  record Counts(long positives, long negatives, long selected) {}

  Counts counts(Predicate<String> inGroup) {
    return new Counts(
        count(inGroup, i -> labels[i] == 1),
        count(inGroup, i -> labels[i] == 0),
        count(inGroup, i -> decisions[i] == 1));
  }

  private long count(Predicate<String> inGroup, IntPredicate which) {
    return IntStream.range(0, labels.length)
        .filter(i -> inGroup.test(groups.get(i)))
        .filter(which)
        .count();
  }

  /** Returns selected of all, by group. */
  Map<String, ProportionEstimate> selected() {
    return selected(groups);
  }

  /** Returns selected of all, by the first attribute. */
  Map<String, ProportionEstimate> selectedByFirst() {
    return selected(groups.stream().map(GoldenTable::first).toList());
  }

  private Map<String, ProportionEstimate> selected(List<String> names) {
    Map<String, ProportionEstimate> rates = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      ProportionEstimate row = new ProportionEstimate((long) decisions[i], 1);
      rates.merge(
          names.get(i),
          row,
          (a, b) -> new ProportionEstimate(a.successes() + b.successes(), a.n() + b.n()));
    }
    return rates;
  }

  Disparity disparity(DecisionMetric metric) {
    return Disparity.of(byGroup().values().stream().map(metric::of).toList(), metric.of(overall()));
  }

  Confusion overall() {
    return overall;
  }

  Confusion of(String group) {
    return confusion(i -> groups.get(i).equals(group));
  }

  /** Returns AIF360's two sides: group A, and all others. */
  Confusion firstAttribute(String value, boolean isThat) {
    return confusion(i -> first(groups.get(i)).equals(value) == isThat);
  }

  Map<String, Confusion> byGroup() {
    return Collections.unmodifiableMap(confusions);
  }

  WeightedScores scores() {
    return scores(i -> true);
  }

  WeightedScores scores(String group) {
    return scores(i -> groups.get(i).equals(group));
  }

  private WeightedScores scores(IntPredicate rows) {
    int[] chosen = IntStream.range(0, labels.length).filter(rows).toArray();
    return new WeightedScores(
        IntStream.of(chosen).mapToDouble(i -> scores[i]).toArray(),
        IntStream.of(chosen).mapToDouble(i -> labels[i]).toArray(),
        IntStream.of(chosen).mapToDouble(i -> weights[i]).toArray());
  }

  private Confusion confusion(IntPredicate rows) {
    Confusion sum = Confusion.EMPTY;
    for (int i = 0; i < labels.length; i++) {
      if (rows.test(i)) {
        boolean isSelected = decisions[i] == 1;
        boolean isPositive = labels[i] == 1;
        double w = weights[i];
        sum =
            sum.plus(
                new Confusion(
                    isSelected && isPositive ? w : 0,
                    isSelected && !isPositive ? w : 0,
                    !isSelected && !isPositive ? w : 0,
                    !isSelected && isPositive ? w : 0,
                    1));
      }
    }
    return sum;
  }
}
