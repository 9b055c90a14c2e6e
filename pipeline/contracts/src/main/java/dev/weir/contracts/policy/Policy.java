package dev.weir.contracts.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The written rules that a candidate must pass.
 *
 * @param id the policy's name
 * @param version its version
 * @param alpha the error rate of each pass bound and of the whole block, in (0, 0.5)
 * @param gates the gates
 * @param mitigation what may be tried against a gap between groups; null when nothing may
 * @param text the policy as it was written
 * @param digest sha256 (hex) of its canonical JSON
 */
public record Policy(
    String id,
    int version,
    double alpha,
    List<Gate> gates,
    @Nullable Mitigation mitigation,
    String text,
    String digest) {
  public Policy {
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha must be in (0, 0.5), was " + alpha);
    }
    gates = List.copyOf(gates);
  }
}
