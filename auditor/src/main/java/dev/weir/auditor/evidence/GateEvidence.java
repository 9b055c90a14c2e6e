package dev.weir.auditor.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What one gate asked for.
 *
 * @param measured one quantity, or one per group
 * @param correlation how their estimates hang together, shape [K, K], K the number of quantities;
 *     not copied, not changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record GateEvidence(List<Measured> measured, double[][] correlation) {
  public GateEvidence {
    measured = List.copyOf(measured);
  }

  /** Returns one quantity. */
  public static GateEvidence of(Measured one) {
    return new GateEvidence(List.of(one), new double[][] {{1}});
  }

  /** Quantities of which nobody knows how they hang together: as if they did not at all. */
  public static GateEvidence independent(List<Measured> measured) {
    return new GateEvidence(measured, identity(measured.size()));
  }

  /** Returns the correlation of k estimates that share no row, shape [k, k]. */
  public static double[][] identity(int k) {
    double[][] identity = new double[k][k];
    for (int i = 0; i < k; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** Returns this with what a reader must know of each quantity, by its group. */
  GateEvidence but(UnaryOperator<String> caveat) {
    return new GateEvidence(
        measured.stream().map(each -> each.but(caveat.apply(each.group()))).toList(), correlation);
  }

  /**
   * Returns this, but of a group that no row is in, the evidence cannot be had.
   *
   * @param grouping whose groups the quantities are of, in the same order
   */
  public GateEvidence ofRowsIn(Grouping grouping) {
    long[] sizes = grouping.sizes();
    List<Measured> known = new ArrayList<>();
    for (int group = 0; group < sizes.length; group++) {
      Measured each = measured.get(group);
      known.add(
          sizes[group] > 0
              ? each
              : Measured.notAssessable(each.metric(), each.group(), "no row has this group"));
    }
    return new GateEvidence(known, correlation);
  }

  /** Returns the correlation of a part of the quantities, in the order of {@code indices}. */
  public double[][] correlationOf(int[] indices) {
    double[][] part = new double[indices.length][indices.length];
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < indices.length; j++) {
        part[i][j] = correlation[indices[i]][indices[j]];
      }
    }
    return part;
  }
}
