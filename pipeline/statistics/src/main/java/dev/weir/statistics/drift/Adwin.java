package dev.weir.statistics.drift;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/*
 * The window is kept as rows of buckets: a bucket of row r sums 2^r observations, newest first in
 * row 0. When a row holds one bucket more than allowed, its two oldest merge into one of the next
 * row, so a window of n observations takes O(log n) memory:
 *
 *   row 2: [4][4]   row 1: [2][2][2]   row 0: [1][1]   <- newest
 *
 * Every `clock` observations each cut between an older part 0 and a newer part 1 is tried. A cut
 * whose means differ by more than the bound of the paper drops the oldest bucket, and all cuts are
 * tried again.
 */

/**
 * ADWIN2, for numbers in any range that the variance suits. Libraries differ; {@link Variant} names
 * whose this is. In both, unlike the paper, window lengths enter the bound less {@code
 * minWindowLength} − 1, and the newest bucket of each row belongs to neither part of a cut.
 *
 * <p>A cut at n₀ + n₁ = n is a change when {@code |μ₀ − μ₁| > √(2 m σ² ln(2 ln n / δ)) + ⅔ m ln(2
 * ln n / δ)} with {@code m = 1/(n₀ − w + 1) + 1/(n₁ − w + 1)}. O(log n) memory; not thread-safe.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611972771.42">A. Bifet, R. Gavaldà, Learning from
 *     Time-Changing Data with Adaptive Windowing, SDM 2007</a>
 */
public final class Adwin implements DriftDetector {
  private final Variant variant;
  private final double delta;
  private final int clock;
  private final int maxBuckets;
  private final int minWindowLength;
  private final int gracePeriod;
  private final List<BucketRow> rows = new ArrayList<>();
  private long tick;
  private long width;
  private double total;
  private double variance;
  private boolean isChanged;

  /** Whose ADWIN: what becomes of the window after a change. */
  public enum Variant {
    /** river 0.21 ({@code adwin_c.pyx}): it starts empty with the next observation. */
    RIVER,
    /**
     * scikit-multiflow d073a70: it goes on with what is left after the cut, and while that still
     * mixes old and new it alarms again. When buckets merge, the older one's variance is lost.
     */
    SCIKIT_MULTIFLOW
  }

  /** Creates {@link #river} of this confidence. */
  public Adwin(double delta) {
    this(Variant.RIVER, delta, 32, 5, 5, 10);
  }

  /** Returns river's variant with its defaults: clock 32, 5 buckets, shortest part 5, grace 10. */
  public static Adwin river(double delta) {
    return new Adwin(delta);
  }

  /** Returns scikit-multiflow's variant with its defaults, which are river's. */
  public static Adwin scikitMultiflow(double delta) {
    return new Adwin(Variant.SCIKIT_MULTIFLOW, delta, 32, 5, 5, 10);
  }

  /**
   * Creates a detector.
   *
   * @param variant whose
   * @param delta confidence parameter, in (0, 1)
   * @param clock observations between two checks, ≥ 1
   * @param maxBuckets buckets per row, ≥ 2
   * @param minWindowLength shortest part of a cut, ≥ 1
   * @param gracePeriod observations before the first check
   */
  public Adwin(
      Variant variant,
      double delta,
      int clock,
      int maxBuckets,
      int minWindowLength,
      int gracePeriod) {
    this.variant = variant;
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be in (0, 1), was " + delta);
    }
    if (clock < 1 || maxBuckets < 2 || minWindowLength < 1) {
      throw new IllegalArgumentException(
          "need clock >= 1, maxBuckets >= 2, minWindowLength >= 1, was "
              + clock
              + ", "
              + maxBuckets
              + ", "
              + minWindowLength);
    }
    this.delta = delta;
    this.clock = clock;
    this.maxBuckets = maxBuckets;
    this.minWindowLength = minWindowLength;
    this.gracePeriod = gracePeriod;
    rows.add(new BucketRow(maxBuckets));
  }

  @Override
  public boolean update(double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("observation must be finite, was " + x);
    }
    if (isChanged && variant == Variant.RIVER) {
      reset();
    }
    insert(x);
    tick++;
    isChanged = tick % clock == 0 && width > gracePeriod && shrink();
    return isChanged;
  }

  @Override
  public void reset() {
    isChanged = false;
    rows.clear();
    rows.add(new BucketRow(maxBuckets));
    tick = 0;
    width = 0;
    total = 0;
    variance = 0;
  }

  /** Returns whose ADWIN it is. */
  public Variant variant() {
    return variant;
  }

  /** Returns the number of observations in the window. */
  public long width() {
    return width;
  }

  /** Returns the mean of the window; NaN while it is empty. */
  public double estimation() {
    return width == 0 ? Double.NaN : total / width;
  }

  private void insert(double x) {
    rows.get(0).add(x, 0);
    width++;
    if (width > 1) {
      double d = x - total / (width - 1);
      variance += (width - 1) * d * d / width;
    }
    total += x;
    compress();
  }

  private void compress() {
    for (int r = 0; r < rows.size() && rows.get(r).count == maxBuckets + 1; r++) {
      if (r + 1 == rows.size()) {
        rows.add(new BucketRow(maxBuckets));
      }
      BucketRow row = rows.get(r);
      double n = size(r);
      double d = row.total[0] / n - row.total[1] / n;
      rows.get(r + 1)
          .add(
              row.total[0] + row.total[1],
              olderVariance(row) + row.variance[1] + n * n * d * d / (n + n));
      row.dropOldest(2);
    }
  }

  private double olderVariance(BucketRow row) {
    return variant == Variant.RIVER ? row.variance[0] : 0;
  }

  private boolean shrink() {
    boolean isChange = false;
    while (cutExists()) {
      isChange = true;
      dropOldestBucket();
    }
    return isChange;
  }

  private boolean cutExists() {
    double n0 = 0;
    double n1 = width;
    double u0 = 0;
    double u1 = total;
    for (int r = rows.size() - 1; r >= 0; r--) {
      BucketRow row = rows.get(r);
      for (int k = 0; k < row.count - 1; k++) {
        n0 += size(r);
        n1 -= size(r);
        u0 += row.total[k];
        u1 -= row.total[k];
        if (n0 >= minWindowLength && n1 >= minWindowLength && isCut(n0, n1, u0 / n0 - u1 / n1)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isCut(double n0, double n1, double meanDifference) {
    double logTerm = Math.log(2 * Math.log(width) / delta);
    double m = 1 / (n0 - minWindowLength + 1) + 1 / (n1 - minWindowLength + 1);
    double bound = Math.sqrt(2 * m * (variance / width) * logTerm) + 2.0 / 3 * logTerm * m;
    return Math.abs(meanDifference) > bound;
  }

  private void dropOldestBucket() {
    int last = rows.size() - 1;
    BucketRow row = rows.get(last);
    double n = size(last);
    double u = row.total[0];
    width -= (long) n;
    total -= u;
    double d = u / n - total / width;
    variance -= row.variance[0] + n * width * d * d / (n + width);
    row.dropOldest(1);
    if (row.count == 0 && last > 0) {
      rows.remove(last);
    }
  }

  private static double size(int row) {
    return (double) (1L << row);
  }

  /** Returns the whole state, for {@link #fromBytes}. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeDouble(delta);
      out.writeInt(clock);
      out.writeInt(maxBuckets);
      out.writeInt(minWindowLength);
      out.writeInt(gracePeriod);
      out.writeLong(tick);
      out.writeLong(width);
      out.writeDouble(total);
      out.writeDouble(variance);
      out.writeBoolean(isChanged);
      out.writeInt(rows.size());
      for (BucketRow row : rows) {
        row.write(out);
      }
      out.writeByte(variant.ordinal());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the detector whose state was written; it goes on exactly as the original would.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  public static Adwin fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      double delta = in.readDouble();
      int[] sizes = {in.readInt(), in.readInt(), in.readInt(), in.readInt()};
      long tick = in.readLong();
      long width = in.readLong();
      double[] sums = {in.readDouble(), in.readDouble()};
      boolean isChanged = in.readBoolean();
      List<BucketRow> rows = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        rows.add(BucketRow.read(in, sizes[1]));
      }
      Adwin adwin = new Adwin(variant(in.read()), delta, sizes[0], sizes[1], sizes[2], sizes[3]);
      adwin.tick = tick;
      adwin.width = width;
      adwin.total = sums[0];
      adwin.variance = sums[1];
      adwin.isChanged = isChanged;
      adwin.rows.clear();
      adwin.rows.addAll(rows);
      return adwin;
    } catch (IOException e) {
      throw new IllegalArgumentException("not the state of an Adwin", e);
    }
  }

  /** State of before there were variants ends without one: it is river's. */
  private static Variant variant(int written) {
    return written <= 0 ? Variant.RIVER : Variant.values()[written];
  }
}
