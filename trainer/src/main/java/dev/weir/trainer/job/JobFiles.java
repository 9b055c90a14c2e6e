package dev.weir.trainer.job;

import java.util.Set;

/** The files of a job's directory. */
final class JobFiles {
  static final String JOB = "job.json";
  static final String ROWS = "rows.bin";

  /** Empty: the child has its rows and begins to train. */
  static final String BEGUN = "begun";

  static final String MODEL = "model.onnx";
  static final String REFERENCE = "reference.json";
  static final String RESULT = "result.json";
  static final String PARTIAL_RESULT = "result.json.part";
  static final String ARGUMENTS = "java.args";
  static final String LOG = "child.log";

  static final Set<String> ALL =
      Set.of(JOB, ROWS, BEGUN, MODEL, REFERENCE, RESULT, PARTIAL_RESULT, ARGUMENTS, LOG);

  private JobFiles() {}
}
