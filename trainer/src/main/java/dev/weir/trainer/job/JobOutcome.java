package dev.weir.trainer.job;

/** How a training job ended. */
public sealed interface JobOutcome {

  /** The child wrote a model and its result. */
  record Trained(JobResult result, byte[] onnx) implements JobOutcome {}

  /** The child failed; the reason names the exit code and the last lines of its log. */
  record Failed(String reason) implements JobOutcome {}
}
