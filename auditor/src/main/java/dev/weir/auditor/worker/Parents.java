package dev.weir.auditor.worker;

import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.explanation.ExplainedModel;
import dev.weir.auditor.pair.AttributionShifts;
import dev.weir.auditor.pair.PairedRows;
import dev.weir.contracts.policy.ExplanationTerms;
import dev.weir.model.artifact.Compression;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.model.table.NumericTable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Puts compressed candidates beside the versions they were made from. */
final class Parents {
  private final ModelRegistry registry;
  private final ParentFiles files;

  Parents(ModelRegistry registry, ParentFiles files) {
    this.registry = registry;
    this.files = files;
  }

  /**
   * What is audited.
   *
   * @param scorer scores as the candidate does
   * @param terms how exactly both are explained
   * @param features the rows that judge, shape [N, F]; not copied
   * @param scored the same rows with the candidate's scores
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Audited(
      String runId,
      ModelArtifact artifact,
      OnnxScorer scorer,
      ExplanationTerms terms,
      float[][] features,
      ScoredRows scored,
      long seed) {}

  /** Returns the comparison, to be closed; null for a candidate that was made from no other. */
  @Nullable ParentComparison of(Audited candidate) {
    Compression compression = candidate.artifact.manifest().compression();
    if (compression == null) {
      return null;
    }
    ParentFiles.Parent parent = files.of(compression, candidate.artifact.manifest());
    if (parent.artifact() == null) {
      return ParentComparison.refused(compression, parent.refusal());
    }
    return ParentComparison.of(compression, pair(candidate, parent.artifact()));
  }

  private ParentComparison.Pair pair(Audited candidate, ModelArtifact parent) {
    OnnxScorer scorer = OnnxScorer.open(parent.onnx());
    try {
      PairedRows rows =
          PairedRows.of(
              candidate.scored,
              candidate.artifact.manifest(),
              scorer.positive(candidate.features),
              parent.manifest());
      return new ParentComparison.Pair(scorer, rows, shifts(candidate, parent, scorer));
    } catch (ModelException | IllegalArgumentException e) {
      scorer.close();
      throw e;
    }
  }

  /**
   * Both are explained in the same way, with the same random orders: exactly, where there are few
   * features and both files' weights can be read.
   */
  private @Nullable AttributionShifts shifts(
      Audited candidate, ModelArtifact parent, OnnxScorer scorer) {
    byte[] csv = candidate.artifact.loadBackground(registry, candidate.runId).orElse(null);
    if (csv == null) {
      return null;
    }
    Background background = Background.of(NumericTable.parse("the background", csv).rows());
    ExplainedModel own = ExplainedModel.of(candidate.artifact, candidate.scorer::positive);
    ExplainedModel other = ExplainedModel.of(parent, scorer::positive);
    boolean isExact =
        background.features() <= ExplainedModel.MOST_EXACT
            && own.areWeightsRead()
            && other.areWeightsRead();
    return new AttributionShifts(
        values(own, background, isExact, candidate),
        values(other, background, isExact, candidate),
        candidate.terms.rows(),
        candidate.seed);
  }

  private static IntFunction<double[]> values(
      ExplainedModel model, Background background, boolean isExact, Audited candidate) {
    Explainer explainer = model.explainer(background, isExact, candidate.terms, candidate.seed);
    return row -> explainer.explain(wide(candidate.features[row])).values(model.output());
  }

  private static double[] wide(float[] row) {
    double[] wide = new double[row.length];
    for (int j = 0; j < wide.length; j++) {
      wide[j] = row[j];
    }
    return wide;
  }
}
