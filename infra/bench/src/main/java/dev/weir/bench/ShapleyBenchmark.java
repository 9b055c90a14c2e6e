package dev.weir.bench;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.shapley.ExactShapley;
import dev.weir.model.network.Activation;
import dev.weir.model.network.DenseLayer;
import dev.weir.model.network.DenseNetwork;
import dev.weir.testkit.golden.ShapCase;
import java.util.Locale;

/**
 * Explanations per CPU-second of every case of {@code golden/shap}: ours through the weights, ours
 * through the scores alone, and Kogito's, all of the same network in the same run; with the largest
 * error of each against the exact values. Prints a table in Markdown.
 */
@WritesToTerminal
public final class ShapleyBenchmark {
  private static final long SEED = 7;
  private static final String EXACT = "exact_shapley";

  private ShapleyBenchmark() {}

  /** Runs every case. */
  public static void main(String[] args) {
    System.out.println(
        "| case | features × background × outputs | weights: rows per CPU-s (spread) | scores only"
            + " | Kogito | ratio, weights | ratio, scores | error, weights | error, scores | error,"
            + " Kogito |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    ShapCase.all().forEach(ShapleyBenchmark::run);
  }

  private static void run(ShapCase golden) {
    DenseNetwork network =
        DenseNetwork.of(
            golden.layers().stream()
                .map(
                    layer ->
                        DenseLayer.of(
                            layer.weight(), layer.bias(), Activation.valueOf(layer.activation())))
                .toList());
    Predictor opaque = network::score;
    Background background = Background.of(golden.background());
    RowExplainer weights = ours(ExactShapley.of(network, background));
    RowExplainer scores = ours(ExactShapley.of(opaque, background));
    RowExplainer kogito = new KogitoShap(opaque, golden.background(), SEED);
    CpuRate byWeights = CpuRate.of(weights, golden.rows());
    CpuRate byScores = CpuRate.of(scores, golden.rows());
    CpuRate theirs = CpuRate.of(kogito, golden.rows());
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d × %d × %d | %s | %s | %s | %.0f | %.0f | %.1e | %.1e | %.1e |",
            golden.name(),
            background.features(),
            background.size(),
            network.outputs(),
            text(byWeights),
            text(byScores),
            text(theirs),
            byWeights.median() / theirs.median(),
            byScores.median() / theirs.median(),
            error(weights, golden),
            error(scores, golden),
            error(kogito, golden)));
  }

  private static RowExplainer ours(Explainer explainer) {
    return row -> {
      Attribution attribution = explainer.explain(row);
      double[][] values = new double[attribution.outputs()][];
      for (int c = 0; c < values.length; c++) {
        values[c] = attribution.values(c);
      }
      return values;
    };
  }

  private static String text(CpuRate rate) {
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f–%,.0f)", rate.median(), rate.lowest(), rate.highest());
  }

  private static double error(RowExplainer explainer, ShapCase golden) {
    double largest = 0;
    double[][] rows = golden.rows();
    for (int i = 0; i < rows.length; i++) {
      double[][] values = explainer.explain(rows[i]);
      for (int c = 0; c < values.length; c++) {
        double[] exact = golden.values(EXACT, i, c);
        for (int j = 0; j < exact.length; j++) {
          largest = Math.max(largest, Math.abs(values[c][j] - exact[j]));
        }
      }
    }
    return largest;
  }
}
