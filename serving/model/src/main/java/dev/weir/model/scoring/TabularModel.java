package dev.weir.model.scoring;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelException.Code;
import dev.weir.model.explain.Predictor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Any tabular ONNX graph: one float32 input [N, F], whatever its name, to a float32 output [N, C]
 * or [N]: {@code probability} if there is one, else the first of its kind. Rows are rounded to
 * float32. One thread, no spinning. Thread-safe; not usable once closed.
 */
public final class TabularModel implements Predictor, AutoCloseable {
  private static final int BATCH_ROWS = 1024;
  private static final String PROBABILITY = "probability";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final long[] shape;

  private TabularModel(OrtEnvironment environment, OrtSession session) throws OrtException {
    this.environment = environment;
    this.session = session;
    Map<String, TensorInfo> inputs = floats(session.getInputInfo());
    var table = inputs.entrySet().stream().findFirst();
    if (session.getNumInputs() != 1
        || table.isEmpty()
        || table.get().getValue().getShape().length != 2) {
      throw new ModelException(
          Code.MODEL_INVALID,
          "a tabular model has one float32 input of shape [N, F], found "
              + session.getInputNames());
    }
    input = table.get().getKey();
    shape = table.get().getValue().getShape();
    Set<String> outputs = floats(session.getOutputInfo()).keySet();
    if (outputs.isEmpty()) {
      throw new ModelException(
          Code.MODEL_INVALID,
          "no float32 output among "
              + session.getOutputNames()
              + "; export class probabilities as a tensor");
    }
    output = outputs.contains(PROBABILITY) ? PROBABILITY : outputs.iterator().next();
  }

  /** Returns the model in a file's bytes, or fails with MODEL_INVALID. */
  public static TabularModel open(byte[] onnx) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(onnx, options);
      try {
        return new TabularModel(environment, session);
      } catch (ModelException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelException(Code.MODEL_INVALID, "the graph cannot be loaded", e);
    }
  }

  /** Returns the number of features, or −1 when the graph leaves it open. */
  public int features() {
    return (int) shape[1];
  }

  /** Returns the name of the output that is scored. */
  public String output() {
    return output;
  }

  @Override
  public double[][] score(double[][] rows) {
    double[][] scores = new double[rows.length][];
    int most = shape[0] > 0 ? (int) shape[0] : BATCH_ROWS;
    for (int start = 0; start < rows.length; start += most) {
      int size = Math.min(most, rows.length - start);
      score(rows, start, size, shape[0] > 0 ? most : size, scores);
    }
    return scores;
  }

  private void score(double[][] rows, int start, int size, int batch, double[][] scores) {
    int columns = rows[start].length;
    float[] flat = new float[batch * columns];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < columns; j++) {
        flat[i * columns + j] = (float) rows[start + i][j];
      }
    }
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(flat), new long[] {batch, columns});
        OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
      Object value = result.get(0).getValue();
      for (int i = 0; i < size; i++) {
        scores[start + i] = outputs(value, i);
      }
    } catch (OrtException e) {
      throw new ModelException(Code.MODEL_INVALID, "the graph failed on a batch", e);
    }
  }

  private double[] outputs(Object value, int row) {
    if (value instanceof float[] single) {
      return new double[] {single[row]};
    }
    if (value instanceof float[][] table) {
      double[] outputs = new double[table[row].length];
      for (int c = 0; c < outputs.length; c++) {
        outputs[c] = table[row][c];
      }
      return outputs;
    }
    throw new ModelException(Code.MODEL_INVALID, output + " is not float32 [N, C] or [N]");
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException(Code.MODEL_INVALID, "the graph cannot be closed", e);
    }
  }

  private static Map<String, TensorInfo> floats(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> floats = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
            floats.put(name, info);
          }
        });
    return floats;
  }
}
