package dev.weir.model.network;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found when the weights of an ONNX graph were sought: a network, or the obstacle.
 *
 * <p>Read are chains of dense layers from one float input [N, F] to one output: Gemm, MatMul, Add,
 * Sub, Mul and Div by constants, Relu, Tanh, Sigmoid, Softmax, Identity, Dropout, Flatten; before
 * them, optionally, the encoding that Weir's trainer writes (one Slice per feature, numbers
 * standardized, categories one-hot); behind them, optionally, {@code 1 − p} beside {@code p}.
 */
public final class OnnxNetwork {
  private final @Nullable DenseNetwork network;
  private final String obstacle;

  private OnnxNetwork(@Nullable DenseNetwork network, String obstacle) {
    this.network = network;
    this.obstacle = obstacle;
  }

  /**
   * Returns what is found in a model file.
   *
   * @param onnx the file
   * @param output the name of the output to read to
   */
  public static OnnxNetwork read(byte[] onnx, String output) {
    try {
      return new OnnxNetwork(ChainReader.read(OnnxGraph.parse(onnx), output), "");
    } catch (UnreadableGraph e) {
      return new OnnxNetwork(null, String.valueOf(e.getMessage()));
    }
  }

  /** Returns the network, if its weights could be read. */
  public Optional<DenseNetwork> network() {
    return Optional.ofNullable(network);
  }

  /** Returns why there is no network, in a clause; empty if there is one. */
  public String obstacle() {
    return obstacle;
  }
}
