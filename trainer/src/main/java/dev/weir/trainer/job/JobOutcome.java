package dev.weir.trainer.job;

import dev.weir.model.energy.EnergyReading;

/** How a job ended. */
public sealed interface JobOutcome {
  /**
   * It gave a model.
   *
   * @param result what the child says
   * @param onnx the model file; not copied
   * @param reference the profile of the training rows, as JSON; not copied
   * @param energy what the child that gave it took, from its start to its end
   * @param attempts how many children it took
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(
      JobResult result, byte[] onnx, byte[] reference, EnergyReading energy, int attempts)
      implements JobOutcome {}

  /**
   * It gave none.
   *
   * @param reason a code and words, for example {@code KILLED twice: exit code 137}
   */
  record Failed(String reason) implements JobOutcome {}
}
