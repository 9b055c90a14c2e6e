package dev.weir.app.explain;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Explainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Explained rows of one output, ready to be printed. */
public final class Explanations {
  private final List<String> features;
  private final double[][] rows;
  private final int output;
  private final double baseValue;
  private final String basis;
  private final List<Attribution> attributions;

  private Explanations(
      List<String> features,
      double[][] rows,
      int output,
      double baseValue,
      String basis,
      List<Attribution> attributions) {
    this.features = features;
    this.rows = rows;
    this.output = output;
    this.baseValue = baseValue;
    this.basis = basis;
    this.attributions = attributions;
  }

  /**
   * Explains rows.
   *
   * @param features the columns' names
   * @param output which output; −1 is the second of two outputs, else the first
   * @throws IllegalArgumentException if there is no such output or the method does not apply
   */
  public static Explanations of(
      ExplainedModel model,
      List<String> features,
      double[][] rows,
      int output,
      Explainer explainer) {
    double[] means = model.background().meanOutput(model.predictor());
    int chosen = output >= 0 ? output : means.length == 2 ? 1 : 0;
    if (chosen >= means.length) {
      throw new IllegalArgumentException(
          "the model has "
              + means.length
              + " outputs, --output must be from 0 to "
              + (means.length - 1)
              + ", was "
              + output);
    }
    List<Attribution> attributions = Arrays.stream(rows).map(explainer::explain).toList();
    double[] bases =
        attributions.stream().mapToDouble(each -> each.baseValue(chosen)).distinct().toArray();
    double base = bases.length == 1 ? bases[0] : means[chosen];
    return new Explanations(features, rows, chosen, base, model.basis(), attributions);
  }

  /** Returns what is printed as JSON. */
  public Map<String, Object> toMap(ExplainMethod method, long seed) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", method.name().toLowerCase(Locale.ROOT));
    map.put("seed", seed);
    map.put("computedFrom", basis);
    map.put("output", output);
    map.put("features", features);
    map.put("baseValue", baseValue);
    List<Map<String, Object>> all = new ArrayList<>();
    for (Attribution attribution : attributions) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("prediction", attribution.prediction(output));
      row.put("baseValue", attribution.baseValue(output));
      row.put("values", attribution.values(output));
      row.put("standardErrors", attribution.standardErrors(output).orElse(null));
      row.put("additivityGap", attribution.additivityGap(output));
      all.add(row);
    }
    map.put("rows", all);
    return map;
  }

  /** Returns lines for a reader: per row the features by falling size of their contribution. */
  public List<String> toLines() {
    List<String> lines = new ArrayList<>();
    int width = features.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < rows.length; i++) {
      Attribution attribution = attributions.get(i);
      lines.add(
          text(
              "row %d: prediction %.6g = base value %.6g + contributions, gap %.1e",
              i + 1,
              attribution.prediction(output),
              attribution.baseValue(output),
              attribution.additivityGap(output)));
      lines.addAll(contributions(rows[i], attribution, width));
    }
    return lines;
  }

  private List<String> contributions(double[] row, Attribution attribution, int width) {
    double[] values = attribution.values(output);
    double[] errors = attribution.standardErrors(output).orElse(new double[0]);
    List<String> lines = new ArrayList<>();
    IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(Math.abs(values[b]), Math.abs(values[a])))
        .forEach(
            j -> {
              String error = errors.length == 0 ? "" : text(" ± %.2g", errors[j]);
              String name = features.get(j) + " ".repeat(width - features.get(j).length());
              lines.add(text("  %s  %+.6f%s  (value %s)", name, values[j], error, row[j]));
            });
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
