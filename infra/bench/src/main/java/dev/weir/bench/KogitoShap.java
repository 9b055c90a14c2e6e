package dev.weir.bench;

import dev.weir.model.explain.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.kie.kogito.explainability.local.shap.ShapConfig;
import org.kie.kogito.explainability.local.shap.ShapKernelExplainer;
import org.kie.kogito.explainability.model.Feature;
import org.kie.kogito.explainability.model.FeatureFactory;
import org.kie.kogito.explainability.model.FeatureImportance;
import org.kie.kogito.explainability.model.Output;
import org.kie.kogito.explainability.model.PerturbationContext;
import org.kie.kogito.explainability.model.PredictionInput;
import org.kie.kogito.explainability.model.PredictionOutput;
import org.kie.kogito.explainability.model.PredictionProvider;
import org.kie.kogito.explainability.model.Saliency;
import org.kie.kogito.explainability.model.SimplePrediction;
import org.kie.kogito.explainability.model.Type;
import org.kie.kogito.explainability.model.Value;

/**
 * Kogito's KernelSHAP (explainability-core, the core of TrustyAI): identity link, no regularizer,
 * its own default number of samples, which enumerates every coalition up to 11 features. It calls
 * the model and its executor in the measured thread.
 */
final class KogitoShap implements RowExplainer {
  private final ShapKernelExplainer explainer;
  private final PredictionProvider provider;

  KogitoShap(Predictor predictor, double[][] background, long seed) {
    List<PredictionInput> rows = Arrays.stream(background).map(KogitoShap::input).toList();
    explainer =
        new ShapKernelExplainer(
            ShapConfig.builder()
                .withLink(ShapConfig.LinkType.IDENTITY)
                .withBackground(rows)
                .withRegularizer(ShapConfig.RegularizerType.NONE)
                .withPC(new PerturbationContext(seed, new Random(seed), 0))
                .withExecutor(Runnable::run)
                .build());
    provider = inputs -> CompletableFuture.completedFuture(outputs(predictor, inputs));
  }

  @Override
  public double[][] explain(double[] row) {
    PredictionInput input = input(row);
    PredictionOutput output = provider.predictAsync(List.of(input)).join().get(0);
    Saliency[] saliencies =
        explainer
            .explainAsync(new SimplePrediction(input, output), provider)
            .join()
            .getSaliencies();
    double[][] values = new double[saliencies.length][row.length];
    for (int c = 0; c < values.length; c++) {
      List<FeatureImportance> importances = saliencies[c].getPerFeatureImportance();
      for (int j = 0; j < row.length; j++) {
        values[c][j] = importances.get(j).getScore();
      }
    }
    return values;
  }

  private static PredictionInput input(double[] row) {
    List<Feature> features = new ArrayList<>();
    for (int j = 0; j < row.length; j++) {
      features.add(FeatureFactory.newNumericalFeature("x" + j, row[j]));
    }
    return new PredictionInput(features);
  }

  private static List<PredictionOutput> outputs(Predictor predictor, List<PredictionInput> inputs) {
    double[][] rows = new double[inputs.size()][];
    for (int i = 0; i < rows.length; i++) {
      List<Feature> features = inputs.get(i).getFeatures();
      rows[i] = new double[features.size()];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = features.get(j).getValue().asNumber();
      }
    }
    List<PredictionOutput> outputs = new ArrayList<>();
    for (double[] scores : predictor.score(rows)) {
      List<Output> all = new ArrayList<>();
      for (int c = 0; c < scores.length; c++) {
        all.add(new Output("y" + c, Type.NUMBER, new Value(scores[c]), 1));
      }
      outputs.add(new PredictionOutput(all));
    }
    return outputs;
  }
}
