package dev.weir.trainer.job;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/** Writes preprocessing and layers as one ONNX graph, raw features to class probabilities. */
final class OnnxWriter {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("weir");

  private OnnxWriter() {}

  static byte[] write(Preprocessing preprocessing, List<Network.Layer> layers, int features) {
    OnnxWriter writer = new OnnxWriter();
    writer.graph.addInput(value("features", features));
    writer.preprocess(preprocessing);
    writer.layers(layers);
    writer.graph.addOutput(value("probability", 2));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("weir")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
        .setGraph(writer.graph)
        .build()
        .toByteArray();
  }

  private void preprocess(Preprocessing p) {
    List<String> parts = new ArrayList<>();
    if (p.numbers().length > 0) {
      indices("number_columns", p.numbers());
      floats("means", p.means(), 1, p.means().length);
      floats("deviations", p.deviations(), 1, p.deviations().length);
      floats("zero", new float[] {0f});
      node("Gather", "raw", "features", "number_columns").addAttribute(integer("axis", 1));
      node("IsNaN", "missing", "raw");
      node("Sub", "centred", "raw", "means");
      node("Div", "scaled", "centred", "deviations");
      node("Where", "numbers", "missing", "zero", "scaled");
      parts.add("numbers");
    }
    for (int k = 0; k < p.codes().length; k++) {
      float[] codes = new float[p.sizes()[k]];
      for (int c = 0; c < codes.length; c++) {
        codes[c] = c + 1;
      }
      indices("column" + k, new int[] {p.codes()[k]});
      floats("codes" + k, codes, 1, codes.length);
      node("Gather", "code" + k, "features", "column" + k).addAttribute(integer("axis", 1));
      node("Equal", "is" + k, "code" + k, "codes" + k);
      node("Cast", "onehot" + k, "is" + k).addAttribute(integer("to", FLOAT));
      parts.add("onehot" + k);
    }
    node("Concat", "h0", parts.toArray(new String[0])).addAttribute(integer("axis", 1));
  }

  private void layers(List<Network.Layer> layers) {
    int last = layers.size() - 1;
    for (int i = 0; i <= last; i++) {
      int out = layers.get(i).biases().length;
      floats("w" + i, layers.get(i).weights(), layers.get(i).weights().length / out, out);
      floats("b" + i, layers.get(i).biases(), out);
      node("Gemm", "z" + i, "h" + i, "w" + i, "b" + i);
      if (i < last) {
        node("Relu", "h" + (i + 1), "z" + i);
      }
    }
    floats("one", new float[] {1f});
    node("Sigmoid", "positive", "z" + last);
    node("Sub", "negative", "one", "positive");
    node("Concat", "probability", "negative", "positive").addAttribute(integer("axis", 1));
  }

  private NodeProto.Builder node(String type, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private void floats(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name).setDataType(FLOAT);
    for (long d : shape) {
      tensor.addDims(d);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
  }

  private void indices(String name, int[] values) {
    TensorProto.Builder tensor =
        graph.addInitializerBuilder().setName(name).setDataType(INT64).addDims(values.length);
    for (int value : values) {
      tensor.addInt64Data(value);
    }
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
