package dev.weir.model.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A constant tensor of a graph, in double precision.
 *
 * @param shape its dimensions; none for a scalar
 * @param values row-major
 */
record Constant(List<Long> shape, List<Double> values) {
  Constant {
    shape = List.copyOf(shape);
    values = List.copyOf(values);
  }

  static Constant of(TensorProto tensor) throws UnreadableGraph {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null || tensor.getExternalDataCount() > 0) {
      throw new UnreadableGraph("the tensor " + tensor.getName() + " lies outside the file");
    }
    List<Double> values =
        switch (type) {
          case FLOAT ->
              tensor.getFloatDataCount() > 0 || tensor.getRawData().isEmpty()
                  ? tensor.getFloatDataList().stream().map(Float::doubleValue).toList()
                  : raw(tensor, Float.BYTES);
          case DOUBLE ->
              tensor.getDoubleDataCount() > 0 || tensor.getRawData().isEmpty()
                  ? tensor.getDoubleDataList()
                  : raw(tensor, Double.BYTES);
          case INT64 ->
              tensor.getInt64DataCount() > 0 || tensor.getRawData().isEmpty()
                  ? tensor.getInt64DataList().stream().map(Long::doubleValue).toList()
                  : rawLongs(tensor);
          default ->
              throw new UnreadableGraph(
                  "the tensor "
                      + tensor.getName()
                      + " is "
                      + type
                      + ", read are float, double, int64");
        };
    return new Constant(tensor.getDimsList(), values);
  }

  private static List<Double> raw(TensorProto tensor, int bytes) {
    ByteBuffer buffer = buffer(tensor);
    Double[] values = new Double[buffer.remaining() / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes == Float.BYTES ? buffer.getFloat() : buffer.getDouble();
    }
    return List.of(values);
  }

  private static List<Double> rawLongs(TensorProto tensor) {
    ByteBuffer buffer = buffer(tensor);
    Double[] values = new Double[buffer.remaining() / Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (double) buffer.getLong();
    }
    return List.of(values);
  }

  private static ByteBuffer buffer(TensorProto tensor) {
    return ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the single value of a tensor of one element. */
  double single() throws UnreadableGraph {
    if (values.size() != 1) {
      throw new UnreadableGraph("a constant of shape " + shape + " stands where one number must");
    }
    return values.get(0);
  }

  /** Returns the matrix, shape [rows, columns]. */
  double[][] matrix() throws UnreadableGraph {
    if (shape.size() != 2) {
      throw new UnreadableGraph("a weight of shape " + shape + " stands where a matrix must");
    }
    int columns = shape.get(1).intValue();
    double[][] matrix = new double[shape.get(0).intValue()][columns];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < columns; j++) {
        matrix[i][j] = values.get(i * columns + j);
      }
    }
    return matrix;
  }

  /** Returns the values along the last axis, a single one repeated. */
  double[] vector(int width) throws UnreadableGraph {
    if (values.size() != 1 && values.size() != width) {
      throw new UnreadableGraph(
          "a constant of shape " + shape + " cannot be spread over rows of " + width + " values");
    }
    double[] vector = new double[width];
    for (int i = 0; i < width; i++) {
      vector[i] = values.get(values.size() == 1 ? 0 : i);
    }
    return vector;
  }
}
