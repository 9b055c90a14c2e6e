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
 * ADWIN2 in the variant of river 0.21 ({@code adwin_c.pyx}), which other libraries do not share:
 * window lengths enter the bound less {@code minWindowLength} − 1, and the newest bucket of each
 * row belongs to neither part of a cut. After a change the window starts empty with the next
 * observation (scikit-multiflow goes on with what is left, and alarms more often).
 *
 * <p>A cut at n₀ + n₁ = n is a change when {@code |μ₀ − μ₁| > √(2 m σ² ln(2 ln n / δ)) + ⅔ m ln(2
 * ln n / δ)} with {@code m = 1/(n₀ − w + 1) + 1/(n₁ − w + 1)}. O(log n) memory; not thread-safe.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611972771.42">A. Bifet, R. Gavaldà, Learning from
 *     Time-Changing Data with Adaptive Windowing, SDM 2007</a>
 */
public final class Adwin {
  private final double delta;
  private final int clock;
  private final int maxBuckets;
  private final int minWindowLength;
  private final int gracePeriod;
  private final List<Row> rows = new ArrayList<>();
  private long tick;
  private long width;
  private double total;
  private double variance;
  private boolean isChanged;

  /** Creates a detector with river's defaults: clock 32, 5 buckets, shortest window 5, grace 10. */
  public Adwin(double delta) {
    this(delta, 32, 5, 5, 10);
  }

  /**
   * Creates a detector.
   *
   * @param delta confidence parameter, in (0, 1)
   * @param clock observations between two checks, ≥ 1
   * @param maxBuckets buckets per row, ≥ 2
   * @param minWindowLength shortest part of a cut, ≥ 1
   * @param gracePeriod observations before the first check
   */
  public Adwin(double delta, int clock, int maxBuckets, int minWindowLength, int gracePeriod) {
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
    rows.add(new Row(maxBuckets));
  }

  /**
   * Takes one observation and returns whether a change was found.
   *
   * @throws IllegalArgumentException if {@code x} is not finite
   */
  public boolean update(double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("observation must be finite, was " + x);
    }
    if (isChanged) {
      reset();
    }
    insert(x);
    tick++;
    isChanged = tick % clock == 0 && width > gracePeriod && shrink();
    return isChanged;
  }

  private void reset() {
    rows.clear();
    rows.add(new Row(maxBuckets));
    tick = 0;
    width = 0;
    total = 0;
    variance = 0;
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
        rows.add(new Row(maxBuckets));
      }
      Row row = rows.get(r);
      double n = size(r);
      double d = row.total[0] / n - row.total[1] / n;
      rows.get(r + 1)
          .add(
              row.total[0] + row.total[1],
              row.variance[0] + row.variance[1] + n * n * d * d / (n + n));
      row.dropOldest(2);
    }
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
      Row row = rows.get(r);
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
    Row row = rows.get(last);
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
      for (Row row : rows) {
        row.write(out);
      }
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
      Adwin adwin =
          new Adwin(in.readDouble(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
      adwin.tick = in.readLong();
      adwin.width = in.readLong();
      adwin.total = in.readDouble();
      adwin.variance = in.readDouble();
      adwin.isChanged = in.readBoolean();
      adwin.rows.clear();
      int rows = in.readInt();
      for (int r = 0; r < rows; r++) {
        adwin.rows.add(Row.read(in, adwin.maxBuckets));
      }
      return adwin;
    } catch (IOException e) {
      throw new IllegalArgumentException("not the state of an Adwin", e);
    }
  }

  /** Buckets of one size, oldest first. */
  private static final class Row {
    private final double[] total;
    private final double[] variance;
    private int count;

    Row(int maxBuckets) {
      total = new double[maxBuckets + 1];
      variance = new double[maxBuckets + 1];
    }

    void add(double bucketTotal, double bucketVariance) {
      total[count] = bucketTotal;
      variance[count] = bucketVariance;
      count++;
    }

    void dropOldest(int dropped) {
      System.arraycopy(total, dropped, total, 0, count - dropped);
      System.arraycopy(variance, dropped, variance, 0, count - dropped);
      count -= dropped;
    }

    void write(DataOutputStream out) throws IOException {
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.writeDouble(total[i]);
        out.writeDouble(variance[i]);
      }
    }

    static Row read(DataInputStream in, int maxBuckets) throws IOException {
      Row row = new Row(maxBuckets);
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        row.add(in.readDouble(), in.readDouble());
      }
      return row;
    }
  }
}
