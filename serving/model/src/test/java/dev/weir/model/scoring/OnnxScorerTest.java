package dev.weir.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.weir.model.artifact.ModelException;
import org.junit.jupiter.api.Test;

class OnnxScorerTest {
  @Test
  void softmaxOfALinearGraphIsTheFormula() {
    try (OnnxScorer scorer = OnnxScorer.open(graph("probability"))) {
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
    try (OnnxScorer scorer = OnnxScorer.open(graph("probability"))) {
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
    assertThatThrownBy(() -> OnnxScorer.open(graph("other"))).isInstanceOf(ModelException.class);
    try (OnnxScorer scorer = OnnxScorer.open(graph("probability"))) {
      assertThatThrownBy(() -> scorer.score(new float[][] {{1, 2, 3}}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  /** Softmax over the two features themselves. */
  private static byte[] graph(String output) {
    OnnxMl.AttributeProto axis =
        OnnxMl.AttributeProto.newBuilder()
            .setName("axis")
            .setType(OnnxMl.AttributeProto.AttributeType.INT)
            .setI(1)
            .build();
    OnnxMl.NodeProto softmax =
        OnnxMl.NodeProto.newBuilder()
            .setOpType("Softmax")
            .addInput("features")
            .addOutput(output)
            .addAttribute(axis)
            .build();
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("g")
            .addNode(softmax)
            .addInput(matrix("features"))
            .addOutput(matrix(output))
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static OnnxMl.ValueInfoProto matrix(String name) {
    OnnxMl.TensorShapeProto shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(2))
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
        .build();
  }
}
