package dev.weir.pipeline.trigger;

/**
 * Examples of one partition whose offsets follow one another without a gap, as transaction markers
 * and corrections leave some.
 *
 * @param from offset of the first
 * @param count how many, at least 1
 */
public record ExampleRun(long from, long count) {
  public ExampleRun {
    if (from < 0 || count < 1) {
      throw new IllegalArgumentException(
          "need from >= 0 and count >= 1, was " + from + " and " + count);
    }
  }

  /** Returns the offset after the last one. */
  public long to() {
    return from + count;
  }
}
