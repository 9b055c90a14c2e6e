package dev.weir.statistics.sequential;

/**
 * Evidence against "A and B succeed equally often", from blocks of one outcome of each, valid at
 * every moment (the safe two-sample test).
 *
 * <p>With {@code pₐ = (sₐ + 0.18)/(t − 1 + 0.36)} from the blocks before the t-th, p_b alike and
 * {@code p₀ = (pₐ + p_b)/2}: {@code ln E += ln f(yₐ; pₐ) + ln f(y_b; p_b) − ln f(yₐ; p₀) − ln
 * f(y_b; p₀)}. Under the hypothesis {@code P(E ever ≥ 1/α) ≤ α}. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.48550/arXiv.2106.02693">R. Turner, A. Ly, P. Grünwald, Generic
 *     E-Variables for Exact Sequential k-Sample Tests, 2021</a>
 */
public final class BernoulliEProcess {
  private static final double PRIOR = 0.18;

  private long blocks;
  private long successesOfA;
  private long successesOfB;
  private double logEValue;

  /** Creates a process with E = 1. */
  public BernoulliEProcess() {
    // E starts at exp(0)
  }

  /** Takes one block and returns E so far. */
  public double update(boolean a, boolean b) {
    double pa = (successesOfA + PRIOR) / (blocks + 2 * PRIOR);
    double pb = (successesOfB + PRIOR) / (blocks + 2 * PRIOR);
    double both = (pa + pb) / 2;
    logEValue += logLikelihood(a, pa) + logLikelihood(b, pb);
    logEValue -= logLikelihood(a, both) + logLikelihood(b, both);
    blocks++;
    successesOfA += a ? 1 : 0;
    successesOfB += b ? 1 : 0;
    return eValue();
  }

  private static double logLikelihood(boolean outcome, double p) {
    return outcome ? Math.log(p) : Math.log(1 - p);
  }

  /** Returns the evidence, &gt; 0; 1 before the first block. */
  public double eValue() {
    return Math.exp(logEValue);
  }

  /** Returns ln E, which does not overflow. */
  public double logEValue() {
    return logEValue;
  }

  /** Returns how many blocks were taken. */
  public long blocks() {
    return blocks;
  }
}
