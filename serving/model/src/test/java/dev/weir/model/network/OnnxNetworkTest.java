package dev.weir.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.scoring.TabularModel;
import dev.weir.testkit.onnx.ChainGraph;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnnxNetworkTest {
  /** The runtime computes in float32. */
  private static final double FLOAT32 = 1e-5;

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void layersOfGemmAreRead() {
    agrees(
        ChainGraph.from("features", 4)
            .gemm(matrix(7, 4), vector(7))
            .operator("Tanh")
            .gemm(matrix(3, 7), vector(3))
            .operator("Softmax"),
        3);
  }

  @Test
  void layersOfMatMulBehindAScalerAreRead() {
    agrees(
        ChainGraph.from("any", 4)
            .operator("Sub", vector(4))
            .operator("Div", 2, 0.5, 3, 1)
            .matMul(matrix(4, 6))
            .operator("Add", vector(6))
            .operator("Relu")
            .operator("Mul", 0.5)
            .matMul(matrix(6, 1))
            .operator("Sigmoid"),
        1);
  }

  @Test
  void unsupportedOperatorIsNamed() {
    byte[] onnx =
        ChainGraph.from("features", 2)
            .gemm(matrix(3, 2), vector(3))
            .operator("Erf")
            .gemm(matrix(1, 3), vector(1))
            .onnx("probability", 1);

    OnnxNetwork read = OnnxNetwork.read(onnx, "probability");

    assertThat(read.network()).isEmpty();
    assertThat(read.obstacle()).contains("Erf1").contains("supported are Gemm");
    assertThat(OnnxNetwork.read(new byte[] {1, 2}, "p").obstacle()).contains("no ONNX model");
  }

  private void agrees(ChainGraph chain, int outputs) {
    byte[] onnx = chain.onnx("probability", outputs);
    DenseNetwork network = OnnxNetwork.read(onnx, "probability").network().orElseThrow();
    double[][] rows = matrix(300, 4);
    try (TabularModel model = TabularModel.open(onnx)) {
      double[][] expected = model.score(rows);
      double[][] actual = network.score(rows);
      for (int i = 0; i < rows.length; i++) {
        assertThat(actual[i]).containsExactly(expected[i], within(FLOAT32));
      }
    }
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = vector(columns);
    }
    return matrix;
  }

  private double[] vector(int size) {
    return random.doubles(size, -1, 1).toArray();
  }
}
