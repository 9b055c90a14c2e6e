package dev.weir.statistics.drift;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The buckets of one size in {@link Adwin}'s window, oldest first. */
final class BucketRow {
  final double[] total;
  final double[] variance;
  int count;

  /** Creates an empty row. */
  BucketRow(int maxBuckets) {
    total = new double[maxBuckets + 1];
    variance = new double[maxBuckets + 1];
  }

  /** Appends the newest bucket. */
  void add(double bucketTotal, double bucketVariance) {
    total[count] = bucketTotal;
    variance[count] = bucketVariance;
    count++;
  }

  /** Drops so many of the oldest buckets. */
  void dropOldest(int dropped) {
    System.arraycopy(total, dropped, total, 0, count - dropped);
    System.arraycopy(variance, dropped, variance, 0, count - dropped);
    count -= dropped;
  }

  /** Writes the row, for {@link #read}. */
  void write(DataOutputStream out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeDouble(total[i]);
      out.writeDouble(variance[i]);
    }
  }

  /** Returns the row that was written. */
  static BucketRow read(DataInputStream in, int maxBuckets) throws IOException {
    BucketRow row = new BucketRow(maxBuckets);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      row.add(in.readDouble(), in.readDouble());
    }
    return row;
  }
}
