package dev.weir.statistics.mitigation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A golden case of mitigation with the rows that it names. */
final class MitigationCase {
  final String name;
  final JsonNode json;
  final double[] labels;
  final double[] scores;
  final List<String> groups;
  private final GoldenFile rows;

  private MitigationCase(GoldenFile file) {
    name = file.name();
    json = file.json();
    rows = file.hasCsv() ? file : named(json.get("input").asText());
    labels = rows.csv().doubles("y_true");
    scores = rows.csv().doubles("score");
    groups = rows.csv().column("group");
  }

  private static GoldenFile named(String input) {
    Path path = Path.of(input);
    String file = String.valueOf(path.getFileName());
    String folder = String.valueOf(path.getName(path.getNameCount() - 2));
    return GoldenFiles.in(folder, file.substring(0, file.lastIndexOf('.'))).get(0);
  }

  static List<MitigationCase> all() {
    return GoldenFiles.in("mitigation").stream().map(MitigationCase::new).toList();
  }

  /** Returns x1, x2, …, and 1 in the last column where the row is of the first group. */
  double[][] features() {
    List<double[]> columns =
        rows.csv().columns().stream()
            .filter(column -> column.matches("x\\d+"))
            .map(rows.csv()::doubles)
            .toList();
    String first = groups.stream().sorted().findFirst().orElseThrow();
    double[][] features = new double[labels.length][columns.size() + 1];
    for (int i = 0; i < features.length; i++) {
      for (int j = 0; j < columns.size(); j++) {
        features[i][j] = columns.get(j)[i];
      }
      features[i][columns.size()] = groups.get(i).equals(first) ? 1 : 0;
    }
    return features;
  }

  /** Returns the mean probability of being decided as labelled. */
  double accuracy(double[] probabilities) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += labels[i] == 1 ? probabilities[i] : 1 - probabilities[i];
    }
    return sum / labels.length;
  }

  Map<String, Double> selectionRates(double[] probabilities) {
    Map<String, double[]> sums = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      double[] sum = sums.computeIfAbsent(groups.get(i), group -> new double[2]);
      sum[0] += probabilities[i];
      sum[1]++;
    }
    Map<String, Double> rates = new TreeMap<>();
    sums.forEach((group, sum) -> rates.put(group, sum[0] / sum[1]));
    return rates;
  }

  @Override
  public String toString() {
    return name;
  }
}
