package dev.weir.trainer.job;

/** The files of a job's directory. */
final class JobFiles {
  static final String JOB = "job.json";
  static final String ROWS = "rows.bin";
  static final String MODEL = "model.onnx";
  static final String RESULT = "result.json";
  static final String ARGUMENTS = "java.args";
  static final String LOG = "child.log";

  private JobFiles() {}
}
