package dev.weir.serving.live;

/** An opened model; safe for concurrent calls until it is closed. */
public interface Scorer extends AutoCloseable {
  /**
   * Scores rows.
   *
   * @param rows feature vectors
   * @return the probability of the positive class, one for each row, whatever the other rows are
   */
  double[] positive(float[][] rows);

  @Override
  void close();

  /** Opens a verified ONNX file. */
  @FunctionalInterface
  interface Opener {
    /** Opens the model that the bytes hold. */
    Scorer open(byte[] onnx);
  }
}
