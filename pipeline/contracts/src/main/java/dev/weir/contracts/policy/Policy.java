package dev.weir.contracts.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The written rules that a candidate must pass.
 *
 * @param id the policy's name
 * @param version its version
 * @param alpha the error rate of each pass and of the whole block over all looks, in (0, 0.5)
 * @param reaudits how often a candidate is audited again on more rows, at most {@link
 *     #MOST_REAUDITS}
 * @param notAssessable the answer where evidence cannot be had, if the gate names no other
 * @param gates the gates
 * @param mitigation what may be tried against a gap between groups; null when nothing may
 * @param probes how hard candidates are probed
 * @param text the policy as it was written
 * @param digest sha256 (hex) of its canonical JSON
 */
public record Policy(
    String id,
    int version,
    double alpha,
    int reaudits,
    GateResult.Answer notAssessable,
    List<Gate> gates,
    @Nullable Mitigation mitigation,
    ProbeTerms probes,
    String text,
    String digest) {
  /** The most looks after the first one. */
  public static final int MOST_REAUDITS = 3;

  public Policy {
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha must be in (0, 0.5), was " + alpha);
    }
    if (reaudits < 0 || reaudits > MOST_REAUDITS) {
      throw new IllegalArgumentException(
          "reaudits must be in [0, " + MOST_REAUDITS + "], was " + reaudits);
    }
    gates = List.copyOf(gates);
  }

  /**
   * Returns the share of {@code alpha} that a look spends: half of what is left, the last look all
   * of it. The shares of all looks add up to {@code alpha}, so it bounds the chance of a false
   * pass, and of a false block, at any of them.
   *
   * @param look 1 for the first audit of a candidate, up to {@code reaudits + 1}
   */
  public double alphaOf(int look) {
    if (look < 1 || look > reaudits + 1) {
      throw new IllegalArgumentException(
          "look must be in [1, " + (reaudits + 1) + "], was " + look);
    }
    return alpha / (1 << Math.min(look, reaudits));
  }
}
