package dev.weir.auditor.robustness;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.ProbeTerms;
import dev.weir.model.explain.Scorer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attacks a model through its scores alone, so any model can be attacked. Every attack is bounded
 * and looks for the worst inside its bounds; what it does not find it does not report, so each
 * figure is a lower bound of the worst case unless the attack says that it is exact.
 */
public final class RobustnessCheck {
  private static final int MOST_EXTREME_ROWS = 128;

  private final Scorer scorer;
  private final FeatureLayout layout;
  private final NumericBox box;
  private final Map<Attack, Disturbance> disturbances = new EnumMap<>(Attack.class);

  /**
   * Creates the check of a model.
   *
   * @param scorer the model
   * @param layout what stands at each position of a row
   * @param observed rows that show each number's spread and range, shape [N, F]; not changed
   * @param terms how far noise and an adversary move each number, in its standard deviations
   * @param seed of everything drawn
   */
  public RobustnessCheck(
      Scorer scorer, FeatureLayout layout, float[][] observed, ProbeTerms terms, long seed) {
    this.scorer = scorer;
    this.layout = layout;
    this.box = NumericBox.of(layout, observed);
    disturbances.put(Attack.NOISE, new BoundedNoise(box, terms.noise(), seed));
    disturbances.put(Attack.MISSING, new MissingValues(layout));
    disturbances.put(Attack.SWAP, new CategorySwaps(layout, seed));
    disturbances.put(Attack.ADVERSARIAL, new ProjectedGradient(box, terms.adversarial(), seed));
  }

  /**
   * Returns the band of an attack; empty when the features have nothing that it could disturb.
   *
   * @param rows some of the observed rows, shape [N, F]; not changed
   */
  public Optional<ScoreBand> band(Attack attack, float[][] rows) {
    return Optional.ofNullable(disturbances.get(attack))
        .filter(Disturbance::isPossible)
        .map(disturbance -> disturbance.band(scorer, rows));
  }

  /**
   * Returns what each input beyond all ranges did to the first rows: what fails there fails for
   * most rows alike.
   *
   * @param rows shape [N, F]; not changed
   */
  public List<ExtremeInput> extremes(float[][] rows) {
    float[][] some = Arrays.copyOf(rows, Math.min(rows.length, MOST_EXTREME_ROWS));
    return new OutOfRange(layout, box).of(scorer, some);
  }
}
