package dev.weir.app.replay;

import java.time.Instant;

/** Where a replay tells what happens. */
public interface Story {
  /** Tells one decision at a moment of event time. */
  void tell(Instant eventTime, String sentence);

  /** Tells how far the replay has come, {@code done} of {@code all} ticks. */
  void progress(long done, long all, Instant eventTime);

  /** A story that nobody hears. */
  static Story silent() {
    return new Story() {
      @Override
      public void tell(Instant eventTime, String sentence) {
        // nobody listens
      }

      @Override
      public void progress(long done, long all, Instant eventTime) {
        // nobody watches
      }
    };
  }
}
