package dev.weir.pipeline.watermark;

import org.jspecify.annotations.Nullable;

/** Event time and quiet of one input, as a task reads it; not thread-safe. */
final class InputClock {
  private @Nullable Long reached;
  private @Nullable Long earliest;
  private long quietMillis;
  private boolean hasNews;

  /**
   * Takes a record's time; one that lies ahead of the clock counts as now, or a single wrong clock
   * among the producers would expire everything.
   */
  void read(long eventTime, long now) {
    long time = Math.min(eventTime, now);
    reached = reached == null ? time : Math.max(reached, time);
    earliest = earliest == null ? eventTime : Math.min(earliest, eventTime);
    hasNews = true;
  }

  /** Looks after {@code elapsed} milliseconds of wall time; returns whether something had come. */
  boolean look(long elapsed) {
    boolean hadNews = hasNews;
    quietMillis = hadNews ? 0 : quietMillis + elapsed;
    hasNews = false;
    return hadNews;
  }

  /** Forgets how quiet it was: somebody who did not look, or not at a broker, cannot say. */
  void forgetQuiet() {
    quietMillis = 0;
  }

  PartitionProgress.Input progress() {
    return new PartitionProgress.Input(reached, earliest, quietMillis);
  }
}
