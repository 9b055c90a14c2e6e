package dev.weir.serving.live;

import java.io.IOException;

/** Where the files of a version come from. */
@FunctionalInterface
public interface ArtifactSource {
  /**
   * Downloads the files of a run. What it returns is not yet to be trusted.
   *
   * @throws IOException where the source cannot be reached or has no such files
   */
  Files fetch(String runId) throws IOException;

  /**
   * The two files that a certificate binds.
   *
   * @param onnx the model
   * @param manifest its manifest, JSON
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Files(byte[] onnx, byte[] manifest) {}
}
