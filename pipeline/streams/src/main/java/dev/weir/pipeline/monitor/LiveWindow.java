package dev.weir.pipeline.monitor;

import dev.weir.contracts.reference.Distribution;
import dev.weir.statistics.twosample.HistogramDistance;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Live values counted over the bins of their references, since the last report; not thread-safe.
 */
final class LiveWindow {
  private final List<Distribution.Numbers> references;
  private final long[][] counts;
  private long size;

  /** What a window says of one number. */
  record Stability(String name, Map<String, Double> facts) {}

  /** Creates an empty window. */
  LiveWindow(List<Distribution.Numbers> references) {
    this.references = List.copyOf(references);
    this.counts = new long[references.size()][];
    clear();
  }

  /** Forgets everything. */
  void clear() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new long[references.get(i).counts().size()];
    }
    size = 0;
  }

  /** Takes one row; {@code values} gives the value for each reference, NaN where it is missing. */
  void add(IntToDoubleFunction values) {
    for (int i = 0; i < counts.length; i++) {
      int bin = references.get(i).bin(values.applyAsDouble(i));
      if (bin >= 0) {
        counts[i][bin]++;
      }
    }
    size++;
  }

  /** Returns the number of rows. */
  long size() {
    return size;
  }

  /** Returns PSI and what it would be about without drift, of each number that can be compared. */
  List<Stability> report() {
    List<Stability> report = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      stability(references.get(i), counts[i]).ifPresent(report::add);
    }
    return report;
  }

  private Optional<Stability> stability(Distribution.Numbers reference, long[] live) {
    long[] before = reference.counts().stream().mapToLong(c -> c).toArray();
    long n = Arrays.stream(before).sum();
    long m = Arrays.stream(live).sum();
    if (before.length < 2 || n == 0 || m == 0) {
      return Optional.empty();
    }
    double psi = HistogramDistance.populationStability(before, live);
    double expected = HistogramDistance.expectedPopulationStability(before, live);
    return Optional.of(
        new Stability(
            reference.name(),
            Map.of(
                "psi",
                psi,
                "psiWithoutDrift",
                expected,
                "excess",
                psi - expected,
                "bins",
                (double) before.length,
                "referenceRows",
                (double) n,
                "liveRows",
                (double) m,
                "missingBefore",
                reference.missing() / (double) (n + reference.missing()),
                "missingLive",
                (size - m) / (double) size)));
  }

  /** Returns the counts in bytes, to be read with the same references. */
  byte[] toBytes() {
    int longs = 1 + Arrays.stream(counts).mapToInt(c -> c.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(longs * Long.BYTES).putLong(size);
    for (long[] each : counts) {
      for (long count : each) {
        bytes.putLong(count);
      }
    }
    return bytes.array();
  }

  /** Takes over counts. */
  void restore(byte[] counted) {
    ByteBuffer bytes = ByteBuffer.wrap(counted);
    size = bytes.getLong();
    for (long[] each : counts) {
      for (int i = 0; i < each.length; i++) {
        each[i] = bytes.getLong();
      }
    }
  }
}
