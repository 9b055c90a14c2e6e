package dev.weir.model.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelException.Code;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * Scores rows with an ONNX graph: {@code features} float32 [N, F] to {@code probability} float32
 * [N, C] or {@code value} float32 [N, 1].
 *
 * <p>Kernels choose their summation order by the batch's size, so a row scored alone may differ in
 * its last bits from the same row in a batch. Rows are therefore scored in chunks of one fixed
 * size, the last one padded with zeros: a row's score does not depend on how many rows come with
 * it. A size of 1 costs least for single rows and keeps the promise trivially; the size is part of
 * what a score depends on. One thread, no spinning. Thread-safe; not usable once closed.
 */
public final class OnnxScorer implements AutoCloseable {
  /** The batch size of {@link #open(byte[])}. */
  public static final int DEFAULT_BATCH_ROWS = 64;

  private static final String INPUT = "features";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String output;
  private final int width;
  private final int batchRows;

  private OnnxScorer(
      OrtEnvironment environment, OrtSession session, String output, int width, int batchRows) {
    this.environment = environment;
    this.session = session;
    this.output = output;
    this.width = width;
    this.batchRows = batchRows;
  }

  /** Returns a scorer with the default batch size, or fails with MODEL_INVALID. */
  public static OnnxScorer open(byte[] onnx) {
    return open(onnx, DEFAULT_BATCH_ROWS);
  }

  /** Returns a scorer that feeds the graph exactly {@code batchRows} rows at a time. */
  public static OnnxScorer open(byte[] onnx, int batchRows) {
    if (batchRows < 1) {
      throw new IllegalArgumentException("batchRows must be >= 1, was " + batchRows);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(onnx, options);
      try {
        return new OnnxScorer(environment, session, output(session), width(session), batchRows);
      } catch (ModelException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelException(Code.MODEL_INVALID, "the graph cannot be loaded", e);
    }
  }

  /** Returns the number of features per row, or −1 when the graph leaves it open. */
  public int width() {
    return width;
  }

  /**
   * Returns the graph's output per row, shape [N, C].
   *
   * @param rows shape [N, F]; NaN is a missing value, imputed inside the graph
   * @throws IllegalArgumentException if a row has not F values
   */
  public float[][] score(float[][] rows) {
    float[][] scores = new float[rows.length][];
    for (int start = 0; start < rows.length; start += batchRows) {
      int size = Math.min(batchRows, rows.length - start);
      float[][] chunk = run(flatten(rows, start, size), rows[0].length);
      System.arraycopy(chunk, 0, scores, start, size);
    }
    return scores;
  }

  /** Returns the probability of class 1 per row, or the value itself of a one-column output. */
  public double[] positive(float[][] rows) {
    float[][] scores = score(rows);
    double[] positive = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = scores[i].length > 1 ? scores[i][1] : scores[i][0];
    }
    return positive;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException(Code.MODEL_INVALID, "the graph cannot be closed", e);
    }
  }

  private FloatBuffer flatten(float[][] rows, int start, int size) {
    int columns = rows[0].length;
    float[] flat = new float[batchRows * columns];
    for (int i = 0; i < size; i++) {
      float[] row = rows[start + i];
      if (row.length != columns || (width > 0 && row.length != width)) {
        throw new IllegalArgumentException(
            "row "
                + (start + i)
                + " must have "
                + (width > 0 ? width : columns)
                + " values, has "
                + row.length);
      }
      System.arraycopy(row, 0, flat, i * columns, columns);
    }
    return FloatBuffer.wrap(flat);
  }

  private float[][] run(FloatBuffer flat, int columns) {
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, flat, new long[] {batchRows, columns});
        OrtSession.Result result = session.run(Map.of(INPUT, input), Set.of(output))) {
      if (result.get(0).getValue() instanceof float[][] scores && scores.length == batchRows) {
        return scores;
      }
      throw new ModelException(Code.MODEL_INVALID, output + " is not float32 [N, C]");
    } catch (OrtException e) {
      throw new ModelException(Code.MODEL_INVALID, "the graph failed on a batch", e);
    }
  }

  private static String output(OrtSession session) {
    for (String name : new String[] {"probability", "value"}) {
      if (session.getOutputNames().contains(name)) {
        return name;
      }
    }
    throw new ModelException(
        Code.MODEL_INVALID, "no output probability or value in " + session.getOutputNames());
  }

  private static int width(OrtSession session) throws OrtException {
    if (!session.getInputNames().equals(Set.of(INPUT))) {
      throw new ModelException(
          Code.MODEL_INVALID, "the only input must be features, found " + session.getInputNames());
    }
    for (var node : session.getInputInfo().values()) {
      if (node.getInfo() instanceof TensorInfo info && info.getShape().length == 2) {
        return (int) info.getShape()[1];
      }
    }
    throw new ModelException(Code.MODEL_INVALID, "features must be of shape [N, F]");
  }
}
