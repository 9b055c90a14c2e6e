package dev.weir.testkit.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * Builds a model file that is a chain of operators, each taking what the one before gives, from a
 * float32 input [N, F] to a float32 output [N, C]. Opset 13.
 */
public final class ChainGraph {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("chain");
  private String last;
  private int tensors;

  private ChainGraph(String input, int features) {
    last = input;
    graph.addInput(value(input, features));
  }

  /** Begins a chain. */
  public static ChainGraph from(String input, int features) {
    return new ChainGraph(input, features);
  }

  /** Appends {@code x Wᵀ + b}; weight has the shape [out, in]. */
  public ChainGraph gemm(double[][] weight, double[] bias) {
    NodeProto.Builder node = node("Gemm").addInput(constant(weight)).addInput(constant(bias));
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName("transB")
            .setType(AttributeProto.AttributeType.INT)
            .setI(1));
    return append(node);
  }

  /** Appends {@code x W}; weight has the shape [in, out]. */
  public ChainGraph matMul(double[][] weight) {
    return append(node("MatMul").addInput(constant(weight)));
  }

  /** Appends an operator without a constant. */
  public ChainGraph operator(String operator) {
    return append(node(operator));
  }

  /** Appends an operator with a constant as its second input. */
  public ChainGraph operator(String operator, double... values) {
    return append(node(operator).addInput(constant(values)));
  }

  /** Returns the model file, with the last tensor as its only output. */
  public byte[] onnx(String output, int width) {
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(last).addOutput(output));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph.addOutput(value(output, width)))
        .build()
        .toByteArray();
  }

  private NodeProto.Builder node(String operator) {
    return NodeProto.newBuilder().setOpType(operator).setName(operator + tensors).addInput(last);
  }

  private ChainGraph append(NodeProto.Builder node) {
    last = "t" + tensors++;
    graph.addNode(node.addOutput(last));
    return this;
  }

  private String constant(double[][] matrix) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().addDims(matrix.length).addDims(matrix[0].length);
    for (double[] row : matrix) {
      for (double each : row) {
        tensor.addFloatData((float) each);
      }
    }
    return constant(tensor);
  }

  private String constant(double[] values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().addDims(values.length);
    for (double each : values) {
      tensor.addFloatData((float) each);
    }
    return constant(tensor);
  }

  private String constant(TensorProto.Builder tensor) {
    String name = "c" + graph.getInitializerCount();
    graph.addInitializer(tensor.setDataType(FLOAT).setName(name));
    return name;
  }

  private static ValueInfoProto value(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
        .build();
  }
}
