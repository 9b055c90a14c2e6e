package dev.weir.model.network;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Follows a graph from its input to one output and gathers the layers on the way. */
final class ChainReader {
  private static final String SUPPORTED =
      "Gemm, MatMul, Add, Sub, Mul and Div by constants, Relu, Tanh, Sigmoid, Softmax, Identity,"
          + " Dropout, Flatten";

  private final OnnxGraph graph;
  private final List<DenseLayer> layers = new ArrayList<>();
  private int width;

  private ChainReader(OnnxGraph graph) {
    this.graph = graph;
  }

  static DenseNetwork read(OnnxGraph graph, String output) throws UnreadableGraph {
    return new ChainReader(graph).read(output);
  }

  private DenseNetwork read(String output) throws UnreadableGraph {
    String tensor = graph.input();
    List<FeatureEncoding> encodings = List.of();
    boolean isEncoded =
        graph.readers(tensor).stream().allMatch(node -> node.getOpType().equals("Slice"));
    if (isEncoded && !graph.readers(tensor).isEmpty()) {
      EncodingReader encoding = EncodingReader.read(graph);
      encodings = encoding.encodings();
      tensor = encoding.output();
      width = encodings.stream().mapToInt(FeatureEncoding::width).sum();
    } else {
      width = graph.width();
    }
    while (!tensor.equals(output)) {
      tensor = isPair(tensor, output) ? pair(output) : step(tensor);
    }
    if (layers.isEmpty()) {
      throw new UnreadableGraph("the graph has no dense layer");
    }
    int in = layers.get(0).in();
    List<FeatureEncoding> raw = Collections.nCopies(in, FeatureEncoding.Numeric.RAW);
    return DenseNetwork.of(encodings.isEmpty() ? raw : encodings, layers);
  }

  private String step(String tensor) throws UnreadableGraph {
    NodeProto node = graph.reader(tensor);
    boolean isFirst = node.getInput(0).equals(tensor);
    switch (node.getOpType()) {
      case "Gemm" -> gemm(node, isFirst);
      case "MatMul" -> {
        require(isFirst, node);
        double[][] weight = transposed(graph.constant(node, 1).matrix());
        linear(DenseLayer.of(weight, new double[weight.length], Activation.IDENTITY));
      }
      case "Add", "Sub", "Mul", "Div" -> elementwise(node, isFirst);
      case "Relu" -> activation(Activation.RELU);
      case "Tanh" -> activation(Activation.TANH);
      case "Sigmoid" -> activation(Activation.SIGMOID);
      case "Softmax" -> {
        long axis = OnnxGraph.integer(node, "axis", -1);
        require(axis == -1 || axis == 1, node);
        activation(Activation.SOFTMAX);
      }
      case "Flatten" -> require(OnnxGraph.integer(node, "axis", 1) == 1, node);
      case "Identity", "Dropout" -> {}
      default ->
          throw new UnreadableGraph(
              "operator " + named(node) + " is not supported; supported are " + SUPPORTED);
    }
    return node.getOutput(0);
  }

  private void gemm(NodeProto node, boolean isFirst) throws UnreadableGraph {
    require(isFirst && OnnxGraph.integer(node, "transA", 0) == 0, node);
    double[][] weight = graph.constant(node, 1).matrix();
    if (OnnxGraph.integer(node, "transB", 0) == 0) {
      weight = transposed(weight);
    }
    double alpha = OnnxGraph.number(node, "alpha", 1);
    double beta = OnnxGraph.number(node, "beta", 1);
    double[] bias = new double[weight.length];
    if (node.getInputCount() > 2) {
      bias = graph.constant(node, 2).vector(weight.length);
    }
    for (int k = 0; k < weight.length; k++) {
      bias[k] *= beta;
      for (int i = 0; i < weight[k].length; i++) {
        weight[k][i] *= alpha;
      }
    }
    linear(DenseLayer.of(weight, bias, Activation.IDENTITY));
  }

  private void elementwise(NodeProto node, boolean isFirst) throws UnreadableGraph {
    Constant constant = graph.constant(node, isFirst ? 1 : 0);
    if (width == 0) {
      width = constant.values().size();
    }
    double[] each = constant.vector(width);
    double[][] scale = new double[width][width];
    double[] shift = new double[width];
    for (int i = 0; i < width; i++) {
      scale[i][i] = 1;
      switch (node.getOpType()) {
        case "Add" -> shift[i] = each[i];
        case "Sub" -> {
          scale[i][i] = isFirst ? 1 : -1;
          shift[i] = isFirst ? -each[i] : each[i];
        }
        case "Mul" -> scale[i][i] = each[i];
        default -> {
          require(isFirst, node);
          scale[i][i] = 1 / each[i];
        }
      }
    }
    linear(DenseLayer.of(scale, shift, Activation.IDENTITY));
  }

  /** Two linear layers without an activation between are one. */
  private void linear(DenseLayer layer) throws UnreadableGraph {
    if (width != 0 && layer.in() != width) {
      throw new UnreadableGraph(
          "a weight takes " + layer.in() + " values where " + width + " come");
    }
    int last = layers.size() - 1;
    if (last >= 0 && layers.get(last).activation() == Activation.IDENTITY) {
      layers.set(last, layer.after(layers.get(last)));
    } else {
      layers.add(layer);
    }
    width = layer.out();
  }

  private void activation(Activation activation) throws UnreadableGraph {
    int last = layers.size() - 1;
    boolean isSecond = last >= 0 && layers.get(last).activation() != Activation.IDENTITY;
    if (last < 0 || isSecond) {
      if (width == 0) {
        throw new UnreadableGraph("the input does not state the number of features");
      }
      layers.add(identity(width).with(activation));
    } else {
      layers.set(last, layers.get(last).with(activation));
    }
  }

  /** Whether {@code tensor} is p and the output the pair (1 − p, p). */
  private boolean isPair(String tensor, String output) throws UnreadableGraph {
    List<NodeProto> all = graph.readers(tensor);
    if (width != 1 || all.size() != 2) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      NodeProto less = all.get(i);
      NodeProto concat = all.get(1 - i);
      if (less.getOpType().equals("Sub")
          && concat.getOpType().equals("Concat")
          && graph.constant(less, 0).single() == 1
          && concat.getInputList().equals(List.of(less.getOutput(0), tensor))
          && concat.getOutput(0).equals(output)) {
        return true;
      }
    }
    return false;
  }

  /** For p = sigmoid(z), the pair is softmax(0, z). */
  private String pair(String output) throws UnreadableGraph {
    DenseLayer last = layers.get(layers.size() - 1);
    if (last.activation() != Activation.SIGMOID) {
      throw new UnreadableGraph("1 - p stands beside a p that is no sigmoid");
    }
    double[][] zeroAndSelf = {{0}, {1}};
    DenseLayer both = DenseLayer.of(zeroAndSelf, new double[2], Activation.SOFTMAX);
    layers.set(layers.size() - 1, both.after(last));
    width = 2;
    return output;
  }

  private static DenseLayer identity(int width) {
    double[][] ones = new double[width][width];
    for (int i = 0; i < width; i++) {
      ones[i][i] = 1;
    }
    return DenseLayer.of(ones, new double[width], Activation.IDENTITY);
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  private static void require(boolean isRead, NodeProto node) throws UnreadableGraph {
    if (!isRead) {
      throw new UnreadableGraph(
          "operator " + named(node) + " has inputs or attributes that are not read");
    }
  }

  private static String named(NodeProto node) {
    return node.getName().isEmpty() ? node.getOpType() : node.getOpType() + " " + node.getName();
  }
}
