package dev.weir.trainer.job;

/** How a job ended. */
public sealed interface JobOutcome {
  /**
   * It gave a model.
   *
   * @param result what the child says
   * @param onnx the model file; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(JobResult result, byte[] onnx) implements JobOutcome {}

  /**
   * It gave none.
   *
   * @param reason a code and words, for example {@code KILLED: exit code 137}
   */
  record Failed(String reason) implements JobOutcome {}
}
