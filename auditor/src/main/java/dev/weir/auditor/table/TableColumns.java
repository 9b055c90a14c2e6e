package dev.weir.auditor.table;

import dev.weir.statistics.group.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a table as they were read, and what they are together. */
final class TableColumns {
  private static final String WORDS = "labels and decisions that are words need --positive";
  private static final String NUMBERS = "only numbers can be used there";

  private final TableRequest request;
  private final List<String> warnings = new ArrayList<>();
  private final OutcomeColumn label;
  private final @Nullable OutcomeColumn prediction;
  private final @Nullable NumberColumn score;
  private final @Nullable NumberColumn weight;
  private final List<WordColumn> groups;
  private final AlikeColumns alike;

  private TableColumns(TableRequest request) {
    this.request = request;
    label = OutcomeColumn.of(request.label(), true, request.positive(), WORDS);
    prediction =
        request.prediction() == null
            ? null
            : OutcomeColumn.of(request.prediction(), false, request.positive(), WORDS);
    score =
        request.score() == null
            ? null
            : new NumberColumn(request.score(), false, -Double.MAX_VALUE, NUMBERS);
    weight =
        request.weight() == null ? null : new NumberColumn(request.weight(), false, 0, NUMBERS);
    groups = request.groups().stream().map(WordColumn::new).toList();
    alike = new AlikeColumns(request.alike());
  }

  static TableColumns read(Path file, TableRequest request) throws IOException {
    TableColumns columns = new TableColumns(request);
    TableReader.read(file, columns.all());
    return columns;
  }

  private List<Column> all() {
    List<Column> all = new ArrayList<>();
    all.add(label.column());
    if (prediction != null) {
      all.add(prediction.column());
    }
    if (score != null) {
      all.add(score);
    }
    if (weight != null) {
      all.add(weight);
    }
    all.addAll(groups);
    all.addAll(alike.columns());
    return all;
  }

  PredictionTable table() {
    List<Attribute> attributes =
        groups.stream()
            .map(g -> Attribute.of(g, request.declared().getOrDefault(g.name(), List.of())))
            .toList();
    double @Nullable [] weights = weights();
    double[] labels = label.values();
    double @Nullable [] scores = score == null ? null : score.values();
    double[] predictions = prediction == null ? decisions(scores) : prediction.values();
    warnOfGroups(attributes);
    warnOfLabels(labels);
    if (isRegression(labels)) {
      requireNothingAlike();
      return PredictionTable.of(labels, predictions, weights, attributes, warnings);
    }
    requireDecisions(predictions);
    warnOfDecisions(predictions);
    Predictions rows = Predictions.of(labels(labels), bytes(predictions), scores, weights);
    warnOfScores(rows);
    return PredictionTable.of(
        rows,
        weights != null,
        Favoured.of(predictions, scores),
        alike.consistency(predictions),
        attributes,
        warnings);
  }

  private double[] decisions(double @Nullable [] scores) {
    Double threshold = request.threshold();
    if (scores == null || threshold == null) {
      throw new IllegalStateException("neither predictions nor a threshold");
    }
    return Arrays.stream(scores).map(s -> s >= threshold ? 1 : 0).toArray();
  }

  private boolean isRegression(double[] labels) {
    return request.positive() == null
        && prediction != null
        && score == null
        && Arrays.stream(labels).anyMatch(y -> y != 0 && y != 1 && !Double.isNaN(y));
  }

  private void requireNothingAlike() {
    if (!request.alike().isEmpty()) {
      throw new TableException(
          "--alike asks how consistent decisions are, and the predictions are numbers; leave it out");
    }
  }

  private void requireDecisions(double[] predictions) {
    for (double each : predictions) {
      if (each != 0 && each != 1) {
        throw new TableException(
            "column "
                + request.prediction()
                + " holds "
                + each
                + ", where a decision is 0 or 1; give probabilities by --score, and --threshold to"
                + " make decisions of them");
      }
    }
  }

  private byte[] labels(double[] labels) {
    for (double each : labels) {
      if (each != 0 && each != 1 && !Double.isNaN(each)) {
        throw new TableException(
            "column "
                + request.label()
                + " holds "
                + each
                + ", where a label is 0 or 1; name the favourable value by --positive, or leave out"
                + " --score and --threshold to audit predicted numbers");
      }
    }
    return bytes(labels);
  }

  private static byte[] bytes(double[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Double.isNaN(values[i]) ? Predictions.UNLABELLED : (byte) values[i];
    }
    return bytes;
  }

  private double @Nullable [] weights() {
    if (weight == null) {
      return null;
    }
    double[] weights = weight.values();
    int zeros = 0;
    for (double each : weights) {
      zeros += each == 0 ? 1 : 0;
    }
    if (zeros == weights.length) {
      throw new TableException("every weight in column " + weight.name() + " is 0");
    }
    if (zeros > 0) {
      warnings.add(zeros + " rows weigh 0: they are counted, and move no rate");
    }
    return weights;
  }

  private void warnOfGroups(List<Attribute> attributes) {
    for (Attribute each : attributes) {
      if (each.groups().size() == 1) {
        warnings.add(
            "column " + each.name() + " has one group only, so there is nothing to compare");
      }
      if (each.groups().contains(Attribute.EMPTY)) {
        warnings.add(
            "column " + each.name() + " is empty in some rows, which make a group of their own");
      }
    }
  }

  private void warnOfLabels(double[] labels) {
    long missing = Arrays.stream(labels).filter(Double::isNaN).count();
    if (missing == labels.length) {
      warnings.add("no row has a label, so nothing that needs one is defined");
    } else if (missing > 0) {
      warnings.add(
          missing + " of " + labels.length + " rows have no label; see the worst-case bounds");
    }
    warnOfConstant("labels", request.label(), labels, "rates over the other label are undefined");
  }

  private void warnOfDecisions(double[] decisions) {
    warnOfConstant(
        "decisions",
        request.prediction() == null ? String.valueOf(request.score()) : request.prediction(),
        decisions,
        "equal selection rates show nothing then");
  }

  private void warnOfConstant(String what, String column, double[] values, String consequence) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).distinct().toArray();
    if (known.length == 1) {
      warnings.add(
          "all " + what + " in column " + column + " are " + plain(known[0]) + ": " + consequence);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private void warnOfScores(Predictions rows) {
    if (rows.hasScores() && !rows.hasProbabilities()) {
      warnings.add(
          "scores in column "
              + request.score()
              + " lie outside [0, 1], so calibration, Brier score and log loss are left out");
    }
  }
}
