package dev.weir.serving.live;

import dev.weir.model.scoring.OnnxScorer;

/** A model in ONNX Runtime. */
public final class OnnxScoring implements Scorer {
  private final OnnxScorer scorer;

  private OnnxScoring(OnnxScorer scorer) {
    this.scorer = scorer;
  }

  /** Opens an ONNX file. */
  public static Scorer open(byte[] onnx) {
    return new OnnxScoring(OnnxScorer.open(onnx));
  }

  @Override
  public double[] positive(float[][] rows) {
    return scorer.positive(rows);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
