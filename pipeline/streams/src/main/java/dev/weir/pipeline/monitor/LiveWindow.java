package dev.weir.pipeline.monitor;

import org.jspecify.annotations.Nullable;

/** Tallies of one version added up since the last report; not thread-safe. */
final class LiveWindow {
  private @Nullable RowTally sum;

  /** Adds a tally; one over other bins than before begins anew. */
  void add(RowTally tally) {
    RowTally before = sum;
    if (before == null || before.version() != tally.version() || !before.hasBinsOf(tally)) {
      sum = RowTally.fromBytes(tally.toBytes());
    } else {
      before.add(tally);
    }
  }

  /** Forgets everything. */
  void clear() {
    sum = null;
  }

  /** Returns the sum; null while nothing was added. */
  @Nullable RowTally tally() {
    return sum;
  }

  /** Returns the sum in bytes; null while nothing was added. */
  byte @Nullable [] toBytes() {
    return sum == null ? null : sum.toBytes();
  }

  /** Takes over what was written. */
  void restore(byte @Nullable [] written) {
    sum = written == null ? null : RowTally.fromBytes(written);
  }
}
