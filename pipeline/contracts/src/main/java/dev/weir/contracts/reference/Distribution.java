package dev.weir.contracts.reference;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of one position of the feature vector are spread; immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Distribution.Numbers.class, name = "numbers"),
  @JsonSubTypes.Type(value = Distribution.Codes.class, name = "codes")
})
public sealed interface Distribution {
  /** Returns the feature's name. */
  String name();

  /** Returns the counts per bin. */
  List<Long> counts();

  /** Returns how many values were missing; they are in no bin. */
  long missing();

  /**
   * Returns the bin that a value falls into, or −1 when it is missing (NaN).
   *
   * @param value an encoded value
   */
  int bin(double value);

  /** Returns whether a value lies outside the range of the reference's; false where unknown. */
  boolean isOutside(double value);

  /**
   * A number's histogram.
   *
   * <p>K edges make K + 1 bins: bin 0 is {@code (−∞, edge₀]}, bin i is {@code (edgeᵢ₋₁, edgeᵢ]},
   * the last is {@code (edge_K₋₁, ∞)}. No live value falls outside the bins, but it may fall
   * outside the range of the values that made them.
   *
   * @param name the feature's name
   * @param edges the inner edges, strictly ascending, finite
   * @param counts values per bin, one more than edges
   * @param missing values that were NaN
   * @param lowest the smallest value; null where there was none, and in old profiles
   * @param highest the largest value; null with {@code lowest}
   */
  record Numbers(
      String name,
      List<Double> edges,
      List<Long> counts,
      long missing,
      @Nullable Double lowest,
      @Nullable Double highest)
      implements Distribution {
    /** Creates a histogram of values whose range is not known. */
    public Numbers(String name, List<Double> edges, List<Long> counts, long missing) {
      this(name, edges, counts, missing, null, null);
    }

    public Numbers {
      requireNonNull(name, "name");
      edges = List.copyOf(edges);
      counts = List.copyOf(counts);
      if (counts.size() != edges.size() + 1) {
        throw new IllegalArgumentException(
            "counts must be one more than edges, was " + counts.size() + " and " + edges.size());
      }
      for (int i = 0; i < edges.size(); i++) {
        if (!Double.isFinite(edges.get(i)) || (i > 0 && !(edges.get(i - 1) < edges.get(i)))) {
          throw new IllegalArgumentException("edges must be finite and ascending, was " + edges);
        }
      }
    }

    /**
     * Returns the histogram of {@code values} over bins of about equal count: the edges are the
     * distinct order statistics of ranks {@code ⌈n·k/bins⌉}, k = 1…bins − 1, of the values that are
     * not missing. Ties make fewer bins; without any value there is one empty bin.
     */
    static Numbers equalCount(String name, double[] values, int bins) {
      double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
      List<Double> edges = new ArrayList<>();
      for (int k = 1; k < bins && sorted.length > 0; k++) {
        int rank = (int) (((long) sorted.length * k + bins - 1) / bins);
        // −0.0 sorts before 0.0 and compares equal to it: one edge, not two.
        double edge = sorted[rank - 1] + 0.0;
        if (edges.isEmpty() || edges.get(edges.size() - 1) < edge) {
          edges.add(edge);
        }
      }
      return over(name, values, edges);
    }

    /** Returns the histogram of {@code values} over given edges. */
    static Numbers over(String name, double[] values, List<Double> edges) {
      Numbers empty = new Numbers(name, edges, Collections.nCopies(edges.size() + 1, 0L), 0);
      Tally tally = Tally.of(empty, values);
      double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
      // −0.0 is written as 0.0, so that a profile read again equals the one written.
      return present.length == 0
          ? new Numbers(name, edges, tally.counts(), tally.missing())
          : new Numbers(
              name,
              edges,
              tally.counts(),
              tally.missing(),
              Arrays.stream(present).min().getAsDouble() + 0.0,
              Arrays.stream(present).max().getAsDouble() + 0.0);
    }

    @Override
    public boolean isOutside(double value) {
      return lowest != null && highest != null && (value < lowest || value > highest);
    }

    @Override
    public int bin(double value) {
      if (Double.isNaN(value)) {
        return -1;
      }
      int low = 0;
      int high = edges.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (value <= edges.get(middle)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }

  /**
   * A category's code counts.
   *
   * @param name the feature's name
   * @param counts values per code, from code 0 (unseen or missing) to the vocabulary's size
   */
  record Codes(String name, List<Long> counts) implements Distribution {
    public Codes {
      requireNonNull(name, "name");
      counts = List.copyOf(counts);
      if (counts.isEmpty()) {
        throw new IllegalArgumentException("counts must hold at least code 0, was empty");
      }
    }

    /** Returns the counts of {@code values} over the codes 0…cardinality. */
    static Codes of(String name, double[] values, int cardinality) {
      Codes empty = new Codes(name, Collections.nCopies(cardinality + 1, 0L));
      return new Codes(name, Tally.of(empty, values).counts());
    }

    /** Returns 0: a missing category is encoded as code 0 and counted there. */
    @Override
    public long missing() {
      return 0;
    }

    /** Returns false: what is in no vocabulary is code 0. */
    @Override
    public boolean isOutside(double value) {
      return false;
    }

    @Override
    public int bin(double value) {
      int code = (int) value;
      if (code != value || code < 0 || code >= counts.size()) {
        throw new IllegalArgumentException(
            name + ": code must be in 0.." + (counts.size() - 1) + ", was " + value);
      }
      return code;
    }
  }
}
