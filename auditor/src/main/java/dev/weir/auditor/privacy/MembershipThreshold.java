package dev.weir.auditor.privacy;

import dev.weir.statistics.interval.ProportionEstimate;
import java.util.Arrays;

/**
 * The signal from which on a row is called a member.
 *
 * @param limit the signal that must be exceeded
 * @param advantage TPR − FPR on the rows that it was chosen on, ≥ 0
 */
record MembershipThreshold(double limit, double advantage) {
  /** Returns the limit of the greatest advantage, the highest one where several have it. */
  static MembershipThreshold of(double[] members, double[] others) {
    double[] in = members.clone();
    double[] out = others.clone();
    Arrays.sort(in);
    Arrays.sort(out);
    MembershipThreshold best = new MembershipThreshold(Double.POSITIVE_INFINITY, 0);
    int outBelow = out.length;
    for (int i = in.length - 1; i >= 0; i--) {
      while (outBelow > 0 && out[outBelow - 1] >= in[i]) {
        outBelow--;
      }
      double truePositives = (double) (in.length - i) / in.length;
      double falsePositives = (double) (out.length - outBelow) / out.length;
      if (truePositives - falsePositives > best.advantage()) {
        best = new MembershipThreshold(Math.nextDown(in[i]), truePositives - falsePositives);
      }
    }
    return best;
  }

  ProportionEstimate exceededBy(double[] signals) {
    long count = Arrays.stream(signals).filter(signal -> signal > limit).count();
    return new ProportionEstimate(count, signals.length);
  }
}
