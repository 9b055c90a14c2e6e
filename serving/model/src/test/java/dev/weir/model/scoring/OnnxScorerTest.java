package dev.weir.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.artifact.ModelException;
import dev.weir.testkit.onnx.SoftmaxGraph;
import org.junit.jupiter.api.Test;

class OnnxScorerTest {
  @Test
  void softmaxOfALinearGraphIsTheFormula() {
    try (OnnxScorer scorer = OnnxScorer.open(SoftmaxGraph.onnx())) {
      double[] positive = scorer.positive(new float[][] {{1, 0}, {0, 1}, {2, 2}});
      // logits (x0, x1): P(1) = 1 / (1 + exp(x0 - x1)); float32 rounds at 1e-7
      assertThat(positive[0]).isCloseTo(1 / (1 + Math.E), within());
      assertThat(positive[1]).isCloseTo(1 / (1 + Math.exp(-1)), within());
      assertThat(positive[2]).isCloseTo(0.5, within());
      assertThat(scorer.width()).isEqualTo(2);
      assertThat(scorer.score(new float[0][])).isEmpty();
    }
  }

  @Test
  void rowAloneScoresAsInAnyBatch() {
    float[][] rows = new float[150][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[] {i * 0.013f, 1 - i * 0.007f};
    }
    try (OnnxScorer scorer = OnnxScorer.open(SoftmaxGraph.onnx())) {
      float[][] together = scorer.score(rows);
      for (int i = 0; i < rows.length; i++) {
        assertThat(scorer.score(new float[][] {rows[i]})[0]).containsExactly(together[i]);
      }
    }
  }

  @Test
  void wrongGraphAndWrongRowAreRefused() {
    assertThatThrownBy(() -> OnnxScorer.open(new byte[] {1, 2, 3}))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> OnnxScorer.open(SoftmaxGraph.onnx("softmax", "other")))
        .isInstanceOf(ModelException.class);
    try (OnnxScorer scorer = OnnxScorer.open(SoftmaxGraph.onnx())) {
      assertThatThrownBy(() -> scorer.score(new float[][] {{1, 2, 3}}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }
}
