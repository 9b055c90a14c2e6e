package dev.weir.statistics.group;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A golden table of decisions, by group or by intersection of two. */
final class GoldenTable {
  private final double[] labels;
  private final double[] decisions;
  private final double[] scores;
  private final double[] weights;
  private final List<String> groups;
  private final Collection<String> cells;

  GoldenTable(GoldenFile file) {
    labels = file.csv().doubles("y_true");
    decisions = file.csv().doubles("y_pred");
    scores = file.csv().doubles("score");
    weights = new double[labels.length];
    double[] column = file.csv().doubles("weight");
    boolean isWeighted = file.json().get("weighted").asBoolean();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = isWeighted ? column[i] : 1;
    }
    groups = groups(file);
    cells = new TreeSet<>(groups);
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

  Confusion overall() {
    return confusion(i -> true);
  }

  Confusion of(String group) {
    return confusion(i -> groups.get(i).equals(group));
  }

  /** Returns AIF360's two sides: group A, and all others. */
  Confusion firstAttribute(String value, boolean isThat) {
    return confusion(i -> groups.get(i).split("\\|", -1)[0].equals(value) == isThat);
  }

  Map<String, Confusion> byGroup() {
    Map<String, Confusion> all = new LinkedHashMap<>();
    cells.forEach(cell -> all.put(cell, of(cell)));
    return all;
  }

  WeightedScores scores() {
    return scores(i -> true);
  }

  /** The golden calibration leaves the weights out. */
  WeightedScores unweightedScores() {
    double[] ones = new double[labels.length];
    Arrays.fill(ones, 1);
    return new WeightedScores(scores, labels, ones);
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
