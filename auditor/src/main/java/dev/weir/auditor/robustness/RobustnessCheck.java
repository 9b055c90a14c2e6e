package dev.weir.auditor.robustness;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.model.explain.Scorer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Attacks a model through its scores alone, so any model can be attacked. Every attack is bounded
 * and looks for the worst inside its bounds; what it does not find it does not report, so each
 * figure is a lower bound of the worst case unless the attack says that it is exact.
 */
public final class RobustnessCheck {
  /** Extremes are tried on the first rows only: what fails there fails for most rows alike. */
  private static final int MOST_EXTREME_ROWS = 128;

  private final Scorer scorer;
  private final FeatureLayout layout;
  private final float[][] rows;
  private final NumericBox box;
  private final Map<Attack, Disturbance> disturbances = new EnumMap<>(Attack.class);

  /**
   * Creates the check of a model.
   *
   * @param scorer the model
   * @param layout what stands at each position of a row
   * @param rows held-out rows, shape [N, F], N ≥ 1; not copied, not changed
   * @param noise how far noise moves each number, in its standard deviations over the rows
   * @param adversarial how far an adversary moves it
   * @param seed of everything drawn
   */
  public RobustnessCheck(
      Scorer scorer,
      FeatureLayout layout,
      float[][] rows,
      double noise,
      double adversarial,
      long seed) {
    this.scorer = scorer;
    this.layout = layout;
    this.rows = rows;
    this.box = NumericBox.of(layout, rows);
    disturbances.put(Attack.NOISE, new BoundedNoise(box, noise, seed));
    disturbances.put(Attack.MISSING, new MissingValues(layout));
    disturbances.put(Attack.SWAP, new CategorySwaps(layout, seed));
    disturbances.put(Attack.ADVERSARIAL, new ProjectedGradient(box, adversarial, seed));
  }

  /** Returns the bands of those of the attacks that the features allow, in the order of attacks. */
  public Map<Attack, ScoreBand> bands(List<Attack> attacks) {
    Map<Attack, ScoreBand> bands = new EnumMap<>(Attack.class);
    disturbances.forEach(
        (attack, disturbance) -> {
          if (attacks.contains(attack) && disturbance.isPossible()) {
            bands.put(attack, disturbance.band(scorer, rows));
          }
        });
    return bands;
  }

  /** Returns what each input beyond all ranges did. */
  public List<ExtremeInput> extremes() {
    float[][] some = Arrays.copyOf(rows, Math.min(rows.length, MOST_EXTREME_ROWS));
    return new OutOfRange(layout, box).of(scorer, some);
  }
}
