package dev.weir.auditor.explanation;

import dev.weir.contracts.policy.ExplanationTerms;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Precision;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.Scorer;
import dev.weir.model.explain.shapley.ExactShapley;
import dev.weir.model.explain.shapley.PermutationShapley;
import dev.weir.model.network.DenseNetwork;
import dev.weir.model.network.OnnxNetwork;
import java.util.Optional;

/**
 * A version as explanations see it: through its weights where they can be read, else through its
 * scores.
 *
 * @param predictor the version
 * @param output which of its outputs is the probability of class 1
 * @param areWeightsRead whether it is seen through its weights
 */
public record ExplainedModel(Predictor predictor, int output, boolean areWeightsRead) {
  /** More features are sampled. */
  public static final int MOST_EXACT = 10;

  private static final String OUTPUT = "probability";

  /**
   * Returns the view of a version.
   *
   * @param scorer its probability of class 1, where its weights cannot be read
   */
  public static ExplainedModel of(ModelArtifact artifact, Scorer scorer) {
    Optional<DenseNetwork> network = OnnxNetwork.read(artifact.onnx(), OUTPUT).network();
    return network
        .map(weights -> new ExplainedModel(weights, weights.outputs() - 1, true))
        .orElseGet(() -> new ExplainedModel(Predictor.of(scorer), 0, false));
  }

  /**
   * Returns what gives interventional Shapley values against a background.
   *
   * @param isExact whether every coalition is asked, else as many random orders as it takes
   * @param terms how exactly, where it is sampled
   * @param seed of the random orders
   */
  public Explainer explainer(
      Background background, boolean isExact, ExplanationTerms terms, long seed) {
    Precision precision = new Precision(terms.standardError(), terms.evaluations());
    return isExact
        ? ExactShapley.of(predictor, background)
        : PermutationShapley.of(predictor, background, precision, seed);
  }
}
