package dev.weir.model.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph by its edges: who reads a tensor, and which tensors are constant. */
final class OnnxGraph {
  private final Map<String, Constant> constants = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final String input;
  private final int width;

  private OnnxGraph(GraphProto graph) throws UnreadableGraph {
    for (TensorProto tensor : graph.getInitializerList()) {
      constants.put(tensor.getName(), Constant.of(tensor));
    }
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant")) {
        constants.put(node.getOutput(0), constant(node));
      } else {
        node.getInputList().stream()
            .distinct()
            .forEach(name -> readers.computeIfAbsent(name, any -> new ArrayList<>()).add(node));
      }
    }
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(each -> !constants.containsKey(each.getName()))
            .toList();
    if (inputs.size() != 1) {
      throw new UnreadableGraph("the graph has " + inputs.size() + " inputs, one is read");
    }
    input = inputs.get(0).getName();
    var shape = inputs.get(0).getType().getTensorType().getShape();
    width = shape.getDimCount() == 2 ? (int) shape.getDim(1).getDimValue() : 0;
  }

  static OnnxGraph parse(byte[] onnx) throws UnreadableGraph {
    try {
      return new OnnxGraph(ModelProto.parseFrom(onnx).getGraph());
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableGraph("the file is no ONNX model");
    }
  }

  private static Constant constant(NodeProto node) throws UnreadableGraph {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("value")) {
        return Constant.of(attribute.getT());
      }
    }
    throw new UnreadableGraph("the Constant " + node.getOutput(0) + " is no tensor");
  }

  /** Returns the name of the graph's only input. */
  String input() {
    return input;
  }

  /** Returns the number of features that the input states, 0 if it states none. */
  int width() {
    return width;
  }

  /** Returns the nodes that read a tensor. */
  List<NodeProto> readers(String tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  /** Returns the only node that reads a tensor. */
  NodeProto reader(String tensor) throws UnreadableGraph {
    List<NodeProto> all = readers(tensor);
    if (all.size() != 1) {
      throw new UnreadableGraph(
          "the tensor " + tensor + " is read by " + all.size() + " nodes, a chain has one");
    }
    return all.get(0);
  }

  Optional<Constant> constant(String tensor) {
    return Optional.ofNullable(constants.get(tensor));
  }

  /** Returns a constant input of a node. */
  Constant constant(NodeProto node, int index) throws UnreadableGraph {
    Constant constant = index < node.getInputCount() ? constants.get(node.getInput(index)) : null;
    if (constant == null) {
      throw new UnreadableGraph(
          "input " + index + " of " + node.getOpType() + " " + node.getName() + " is no constant");
    }
    return constant;
  }

  /** Returns an integer attribute, or {@code otherwise}. */
  static long integer(NodeProto node, String name, long otherwise) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute.getI();
      }
    }
    return otherwise;
  }

  /** Returns a float attribute, or {@code otherwise}. */
  static double number(NodeProto node, String name, double otherwise) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute.getF();
      }
    }
    return otherwise;
  }
}
