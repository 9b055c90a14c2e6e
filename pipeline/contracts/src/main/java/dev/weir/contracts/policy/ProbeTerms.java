package dev.weir.contracts.policy;

import java.util.List;

/**
 * How hard a policy has candidates probed beyond the scoring of the judging rows.
 *
 * @param energy how energy is accounted for
 * @param noise how far noise moves each number, in its standard deviations, &gt; 0
 * @param adversarial how far an adversary moves each number, in its standard deviations, &gt; 0
 * @param knownAfterLabel features that are known only after the label, so that no model may have
 *     them
 * @param explanation how exactly candidates are explained
 */
public record ProbeTerms(
    EnergyTerms energy,
    double noise,
    double adversarial,
    List<String> knownAfterLabel,
    ExplanationTerms explanation) {
  /** Standard deviations of noise where a policy does not say. */
  public static final double DEFAULT_NOISE = 0.1;

  /** Standard deviations of an adversary where a policy does not say. */
  public static final double DEFAULT_ADVERSARIAL = 0.5;

  /** What holds where a policy does not say. */
  public static final ProbeTerms DEFAULT =
      new ProbeTerms(
          EnergyTerms.DEFAULT,
          DEFAULT_NOISE,
          DEFAULT_ADVERSARIAL,
          List.of(),
          ExplanationTerms.DEFAULT);

  /** Copies the list and rejects disturbances that move nothing. */
  public ProbeTerms {
    if (!(noise > 0) || !(adversarial > 0)) {
      throw new IllegalArgumentException(
          "noise and adversarial must be > 0, were " + noise + " and " + adversarial);
    }
    knownAfterLabel = List.copyOf(knownAfterLabel);
  }
}
