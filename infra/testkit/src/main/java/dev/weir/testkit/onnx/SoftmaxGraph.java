package dev.weir.testkit.onnx;

import ai.onnx.proto.OnnxMl;

/**
 * The smallest two-class model: softmax over two features x₀, x₁ themselves, so P(1) = 1 / (1 +
 * exp(x₀ − x₁)).
 */
public final class SoftmaxGraph {
  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private SoftmaxGraph() {}

  /** Returns the model file, with the output {@code probability}. */
  public static byte[] onnx() {
    return onnx("softmax", "probability");
  }

  /**
   * Returns the model file.
   *
   * @param name the graph's name; another name gives other bytes that score alike
   * @param output name of the output, FP32, shape [N, 2]
   */
  public static byte[] onnx(String name, String output) {
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName(name)
            .addNode(softmax(output))
            .addInput(matrix("features"))
            .addOutput(matrix(output))
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static OnnxMl.NodeProto softmax(String output) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType("Softmax")
        .addInput("features")
        .addOutput(output)
        .addAttribute(
            OnnxMl.AttributeProto.newBuilder()
                .setName("axis")
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(1))
        .build();
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
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
        .build();
  }
}
