package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.trainer.network.Layer;
import dev.weir.trainer.network.Preprocessing;
import dev.weir.trainer.network.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;

/*
 * features [N, F] ── Slice column j ─┬─ category: Round, Equal to [1..K], Cast   ─┐
 *                                    └─ number: IsNaN → mean, Sub mean, Mul scale ─┴ Concat [N, D]
 *   ── (Gemm, Relu)* ── Gemm ── Sigmoid p ── Concat(1 − p, p) ── probability [N, 2]
 */

/**
 * Writes a trained network as ONNX (opset 13) with its preprocessing inside: input {@code features}
 * float32 [N, F], output {@code probability} float32 [N, 2].
 */
public final class OnnxExport {
  private static final int OPSET = 13;
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("weir");
  private final TrainedNetwork network;
  private int names;

  private OnnxExport(TrainedNetwork network) {
    this.network = network;
  }

  /** Returns the bytes of the model file. */
  public static byte[] write(TrainedNetwork network) {
    return new OnnxExport(network).build().toByteArray();
  }

  private ModelProto build() {
    int width = network.preprocessing().columns().size();
    graph.addInput(value("features", width));
    String h = preprocess();
    int last = network.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      h = gemm(h, network.layers().get(i));
      h = i < last ? node("Relu", h) : h;
    }
    String positive = node("Sigmoid", h);
    String negative = node("Sub", floats(new float[] {1}), positive);
    NodeProto.Builder concat =
        NodeProto.newBuilder()
            .setOpType("Concat")
            .addInput(negative)
            .addInput(positive)
            .addOutput("probability")
            .addAttribute(integer("axis", 1));
    graph.addNode(concat).addOutput(value("probability", 2));
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .setProducerName("weir")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private String preprocess() {
    Preprocessing preprocessing = network.preprocessing();
    List<String> parts = new ArrayList<>();
    for (int j = 0; j < preprocessing.columns().size(); j++) {
      String column = node("Slice", "features", longs(j), longs(j + 1), longs(1));
      FeatureLayout.Column described = preprocessing.columns().get(j);
      parts.add(
          described.isCategory()
              ? oneHot(column, described.cardinality())
              : standardized(column, preprocessing.mean(j), preprocessing.scale(j)));
    }
    NodeProto.Builder concat =
        NodeProto.newBuilder().setOpType("Concat").addAttribute(integer("axis", 1));
    parts.forEach(concat::addInput);
    String output = name();
    graph.addNode(concat.addOutput(output));
    return output;
  }

  private String oneHot(String column, int cardinality) {
    float[] codes = new float[cardinality];
    for (int k = 0; k < cardinality; k++) {
      codes[k] = k + 1;
    }
    String equal = node("Equal", node("Round", column), floats(codes));
    NodeProto.Builder cast =
        NodeProto.newBuilder().setOpType("Cast").addInput(equal).addAttribute(integer("to", FLOAT));
    String output = name();
    graph.addNode(cast.addOutput(output));
    return output;
  }

  private String standardized(String column, float mean, float scale) {
    String constant = floats(new float[] {mean});
    String known = node("Where", node("IsNaN", column), constant, column);
    return node("Mul", node("Sub", known, constant), floats(new float[] {scale}));
  }

  private String gemm(String input, Layer layer) {
    TensorProto.Builder weight =
        TensorProto.newBuilder().setDataType(FLOAT).addDims(layer.out()).addDims(layer.in());
    for (float each : layer.weight()) {
      weight.addFloatData(each);
    }
    String output = name();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Gemm")
            .addInput(input)
            .addInput(constant(weight))
            .addInput(floats(layer.bias()))
            .addOutput(output)
            .addAttribute(integer("transB", 1)));
    return output;
  }

  private String node(String operator, String... inputs) {
    String output = name();
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    List.of(inputs).forEach(node::addInput);
    graph.addNode(node);
    return output;
  }

  private String floats(float[] values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(FLOAT).addDims(values.length);
    for (float each : values) {
      tensor.addFloatData(each);
    }
    return constant(tensor);
  }

  private String longs(long value) {
    return constant(
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(1)
            .addInt64Data(value));
  }

  private String constant(TensorProto.Builder tensor) {
    String constant = name();
    graph.addInitializer(tensor.setName(constant));
    return constant;
  }

  private String name() {
    return "t" + names++;
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
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
