package dev.weir.pipeline.monitor;

import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * One flat array of counts, so that adding two tallies and writing one are single loops:
 *
 *   [rows | label delays: BINS | variable 0: missing, outside, bins… | variable 1: … | prediction]
 *
 * The prediction is the last variable. Without a profile there are no variables.
 */

/**
 * Counts of what passed between two ticks. Sums do not depend on the order, so tallies of several
 * partitions add up to that of one. Mutable, not thread-safe.
 */
public final class RowTally {
  private static final int DELAYS = 1;
  private static final int VARIABLES = DELAYS + LabelDelays.BINS;
  private static final int MISSING = 0;
  private static final int OUTSIDE = 1;
  private static final int COUNTS = 2;

  private final int version;
  private final int[] bins;
  private final int[] starts;
  private final long[] cells;

  private RowTally(int version, int[] bins) {
    this.version = version;
    this.bins = bins;
    this.starts = new int[bins.length];
    int start = VARIABLES;
    for (int i = 0; i < bins.length; i++) {
      starts[i] = start;
      start += COUNTS + bins[i];
    }
    this.cells = new long[start];
  }

  /**
   * Returns an empty tally.
   *
   * @param version the champion's version; 0 where there is none
   * @param reference the profile over whose bins values are counted; null to count rows and label
   *     delays only
   */
  public static RowTally of(int version, @Nullable ReferenceProfile reference) {
    return new RowTally(version, reference == null ? new int[0] : bins(reference));
  }

  private static int[] bins(ReferenceProfile reference) {
    return variables(reference).stream().mapToInt(each -> each.counts().size()).toArray();
  }

  /** Returns what a profile has bins of: its features in their order, then the prediction. */
  public static List<Distribution> variables(ReferenceProfile reference) {
    List<Distribution> variables = new ArrayList<>(reference.features());
    variables.add(reference.prediction());
    return variables;
  }

  /** Returns the champion's version under which it was counted; 0 where there was none. */
  public int version() {
    return version;
  }

  /** Returns how many variables were counted: features and the prediction, or none. */
  public int variables() {
    return bins.length;
  }

  /** Returns the number of rows. */
  public long rows() {
    return cells[0];
  }

  /** Returns the counts per bin of {@link LabelDelays}. */
  public long[] labelDelays() {
    return Arrays.copyOfRange(cells, DELAYS, VARIABLES);
  }

  /** Returns how many labels came. */
  public long labels() {
    return Arrays.stream(cells, DELAYS, VARIABLES).sum();
  }

  /** Returns a variable's counts per bin. */
  public long[] counts(int variable) {
    int from = starts[variable] + COUNTS;
    return Arrays.copyOfRange(cells, from, from + bins[variable]);
  }

  /** Returns how many of a variable's values were missing; they are in no bin. */
  public long missing(int variable) {
    return cells[starts[variable] + MISSING];
  }

  /** Returns how many of a variable's values lay outside the reference's range. */
  public long outside(int variable) {
    return cells[starts[variable] + OUTSIDE];
  }

  /** Returns how many predictions were counted. */
  public long predictions() {
    return bins.length == 0 ? 0 : Arrays.stream(counts(bins.length - 1)).sum();
  }

  /** Counts a row. */
  void addRow() {
    cells[0]++;
  }

  /** Counts a value of a variable. */
  void addValue(int variable, Distribution reference, double value) {
    int start = starts[variable];
    int bin = reference.bin(value);
    cells[bin < 0 ? start + MISSING : start + COUNTS + bin]++;
    if (reference.isOutside(value)) {
      cells[start + OUTSIDE]++;
    }
  }

  /** Counts a label. */
  void addLabel(Duration delay) {
    cells[DELAYS + LabelDelays.bin(delay)]++;
  }

  /** Returns whether both have the same bins, so that they can be added. */
  boolean hasBinsOf(RowTally other) {
    return Arrays.equals(bins, other.bins);
  }

  /**
   * Adds another tally.
   *
   * @throws IllegalArgumentException if it was counted under another version, or over other bins
   */
  public void add(RowTally other) {
    if (other.version != version || !hasBinsOf(other)) {
      throw new IllegalArgumentException(
          "tallies must be of one version and over the same bins, were of "
              + version
              + " and "
              + other.version);
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] += other.cells[i];
    }
  }

  /** Forgets all counts. */
  public void clear() {
    Arrays.fill(cells, 0);
  }

  /** Returns version, bins and counts, for {@link #fromBytes}. */
  public byte[] toBytes() {
    int size = Integer.BYTES * (2 + bins.length) + Long.BYTES * cells.length;
    ByteBuffer bytes = ByteBuffer.allocate(size).putInt(version).putInt(bins.length);
    for (int each : bins) {
      bytes.putInt(each);
    }
    for (long each : cells) {
      bytes.putLong(each);
    }
    return bytes.array();
  }

  /**
   * Returns the tally that was written.
   *
   * @throws IllegalArgumentException if the bytes are no tally
   */
  public static RowTally fromBytes(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written);
    try {
      int version = bytes.getInt();
      int[] bins = new int[bytes.getInt()];
      Arrays.setAll(bins, i -> bytes.getInt());
      RowTally tally = new RowTally(version, bins);
      Arrays.setAll(tally.cells, i -> bytes.getLong());
      return tally;
    } catch (BufferUnderflowException | NegativeArraySizeException cut) {
      throw new IllegalArgumentException("no tally: " + written.length + " bytes", cut);
    }
  }
}
