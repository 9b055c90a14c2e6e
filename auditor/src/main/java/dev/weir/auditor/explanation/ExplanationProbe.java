package dev.weir.auditor.explanation;

import dev.weir.auditor.evidence.RowSample;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.ExplanationTerms;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Scorer;
import dev.weir.model.explain.global.GlobalImportance;
import dev.weir.model.explain.quality.ExplanationQuality;
import dev.weir.model.explain.quality.QualityProbe;
import dev.weir.model.table.NumericTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Explains a candidate's probability on its judging rows by interventional Shapley values against
 * the background pinned in its artifact: exact up to {@value ExplainedModel#MOST_EXACT} features,
 * else sampled. Through the weights where they can be read, else through the scores.
 */
public final class ExplanationProbe {
  private static final double ALPHA = 0.05;

  private final ExplanationTerms terms;
  private final ModelArtifact artifact;
  private final FeatureLayout layout;
  private final Scorer scorer;
  private final long seed;

  /**
   * Creates a probe of one candidate.
   *
   * @param terms how exactly it is explained
   * @param artifact its files
   * @param layout what stands at each position of a row
   * @param scorer its probability of class 1, where its weights cannot be read
   * @param seed of what is sampled
   */
  public ExplanationProbe(
      ExplanationTerms terms,
      ModelArtifact artifact,
      FeatureLayout layout,
      Scorer scorer,
      long seed) {
    this.terms = terms;
    this.artifact = artifact;
    this.layout = layout;
    this.scorer = scorer;
    this.seed = seed;
  }

  /**
   * Returns the evidence; nothing where there are fewer than two rows.
   *
   * @param background the artifact's background, as CSV
   * @param rows the judging rows, shape [N, F]
   */
  public Optional<ExplanationEvidence> explain(byte[] background, float[][] rows) {
    if (rows.length < 2) {
      return Optional.empty();
    }
    Background averaged = Background.of(NumericTable.parse("the background", background).rows());
    ExplainedModel model = ExplainedModel.of(artifact, scorer);
    boolean isExact = averaged.features() <= ExplainedModel.MOST_EXACT;
    Function<Background, Explainer> method =
        reference -> model.explainer(reference, isExact, terms, seed);
    double[][] explained = Background.of(sample(rows, terms.rows())).rows();
    Explainer explainer = method.apply(averaged);
    List<Attribution> attributions = Arrays.stream(explained).map(explainer::explain).toList();
    double[] errors =
        attributions.stream().mapToDouble(each -> largestError(each, model.output())).toArray();
    double[][] some = Background.of(sample(rows, terms.qualityRows())).rows();
    ExplanationQuality quality =
        new QualityProbe(model.predictor(), averaged, method, categories())
            .measure(some, model.output(), seed);
    return Optional.of(
        new ExplanationEvidence(
            isExact ? "exact" : "permutation",
            ModelArtifact.sha256(background),
            averaged.size(),
            explained.length,
            Arrays.stream(errors).max().orElse(0),
            (int) Arrays.stream(errors).filter(e -> e <= terms.standardError()).count(),
            importance(GlobalImportance.of(attributions, model.output(), ALPHA)),
            quality));
  }

  /** Returns 0 for exact attributions, which have no standard error. */
  private static double largestError(Attribution attribution, int output) {
    return Arrays.stream(attribution.standardErrors(output).orElse(new double[0])).max().orElse(0);
  }

  private List<ExplanationEvidence.FeatureImportance> importance(List<GlobalImportance> found) {
    List<String> names = artifact.manifest().featureNames();
    return found.stream()
        .map(
            each ->
                new ExplanationEvidence.FeatureImportance(
                    names.get(each.feature()),
                    each.meanAbsolute(),
                    each.standardError(),
                    each.interval().lower(),
                    each.interval().upper()))
        .toList();
  }

  private Set<Integer> categories() {
    return IntStream.range(0, layout.columns().size())
        .filter(j -> layout.columns().get(j).isCategory())
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  private float[][] sample(float[][] rows, int most) {
    return IntStream.of(RowSample.of(rows.length, most, seed))
        .mapToObj(i -> rows[i])
        .toArray(float[][]::new);
  }
}
