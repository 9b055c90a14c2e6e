package dev.weir.model.network;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;

/*
 * What is read, per feature j in order:
 *
 *   Slice j ─┬─ category: Round → Equal first, first + 1, … → Cast
 *            └─ number:   [IsNaN → Where mean] → Sub mean → Mul scale      ── Concat
 */

/**
 * The encoding that stands before the first layer.
 *
 * @param encodings one per feature
 * @param output the tensor of the concatenated blocks
 */
record EncodingReader(List<FeatureEncoding> encodings, String output) {
  EncodingReader {
    encodings = List.copyOf(encodings);
  }

  static EncodingReader read(OnnxGraph graph) throws UnreadableGraph {
    List<FeatureEncoding> encodings = new ArrayList<>();
    NodeProto concat = null;
    for (NodeProto slice : graph.readers(graph.input())) {
      int feature = encodings.size();
      boolean isColumn =
          graph.constant(slice, 1).single() == feature
              && graph.constant(slice, 2).single() == feature + 1
              && graph.constant(slice, 3).single() == 1;
      if (!isColumn) {
        throw new UnreadableGraph("Slice " + feature + " does not take the column " + feature);
      }
      List<NodeProto> chain = new ArrayList<>();
      encodings.add(encoding(graph, slice.getOutput(0), chain));
      NodeProto last = chain.get(chain.size() - 1);
      NodeProto next = graph.reader(last.getOutput(0));
      boolean isNext =
          next.getOpType().equals("Concat")
              && (concat == null || concat.equals(next))
              && next.getInput(feature).equals(last.getOutput(0));
      if (!isNext) {
        throw new UnreadableGraph("column " + feature + " does not join the others in order");
      }
      concat = next;
    }
    if (concat == null || concat.getInputCount() != encodings.size()) {
      throw new UnreadableGraph("more is joined than the input's columns");
    }
    return new EncodingReader(encodings, concat.getOutput(0));
  }

  private static FeatureEncoding encoding(OnnxGraph graph, String column, List<NodeProto> chain)
      throws UnreadableGraph {
    NodeProto first = graph.readers(column).get(0);
    return first.getOpType().equals("Round")
        ? oneHot(graph, first, chain)
        : numeric(graph, column, chain);
  }

  private static FeatureEncoding oneHot(OnnxGraph graph, NodeProto round, List<NodeProto> chain)
      throws UnreadableGraph {
    NodeProto equal = expect("Equal", graph.reader(round.getOutput(0)));
    chain.add(expect("Cast", graph.reader(equal.getOutput(0))));
    Constant codes = graph.constant(equal, 1);
    int first = (int) (double) codes.values().get(0);
    for (int k = 0; k < codes.values().size(); k++) {
      if (codes.values().get(k) != first + k) {
        throw new UnreadableGraph("the codes " + codes.values() + " do not count up");
      }
    }
    return new FeatureEncoding.OneHot(first, codes.values().size());
  }

  private static FeatureEncoding numeric(OnnxGraph graph, String column, List<NodeProto> chain)
      throws UnreadableGraph {
    String known = column;
    double missing = Double.NaN;
    if (graph.readers(column).size() == 2) {
      NodeProto where = where(graph, column);
      missing = graph.constant(where, 1).single();
      known = where.getOutput(0);
    }
    NodeProto sub = expect("Sub", graph.reader(known));
    NodeProto mul = expect("Mul", graph.reader(sub.getOutput(0)));
    chain.add(mul);
    return new FeatureEncoding.Numeric(
        missing, graph.constant(sub, 1).single(), graph.constant(mul, 1).single());
  }

  private static NodeProto where(OnnxGraph graph, String column) throws UnreadableGraph {
    List<NodeProto> both = graph.readers(column);
    int at = both.get(0).getOpType().equals("Where") ? 0 : 1;
    NodeProto where = expect("Where", both.get(at));
    NodeProto isNaN = expect("IsNaN", both.get(1 - at));
    if (!where.getInput(0).equals(isNaN.getOutput(0)) || !where.getInput(2).equals(column)) {
      throw new UnreadableGraph("Where does not take the place of NaN");
    }
    return where;
  }

  private static NodeProto expect(String operator, NodeProto node) throws UnreadableGraph {
    if (!node.getOpType().equals(operator)) {
      throw new UnreadableGraph(
          "operator " + node.getOpType() + " stands before the layers where " + operator + " must");
    }
    return node;
  }
}
