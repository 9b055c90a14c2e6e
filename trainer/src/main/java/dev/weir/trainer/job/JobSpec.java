package dev.weir.trainer.job;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.spec.Training;
import dev.weir.statistics.mitigation.Parity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one child JVM is told to do.
 *
 * @param layout what stands at each position of a row
 * @param training how to train
 * @param seed seed of everything random
 * @param fairness what to make alike by exponentiated gradient; null for one plain fit
 */
public record JobSpec(
    FeatureLayout layout, Training training, long seed, @Nullable Fairness fairness) {
  /** The probability at which fits by exponentiated gradient decide. */
  public static final double FAIR_THRESHOLD = 0.5;

  /** Creates a job of one plain fit. */
  public JobSpec(FeatureLayout layout, Training training, long seed) {
    this(layout, training, seed, null);
  }

  /**
   * A gap to price in training.
   *
   * @param parity what is to be alike
   * @param groups the group of each row, shape [N]
   */
  public record Fairness(Parity parity, List<String> groups) {
    public Fairness {
      groups = List.copyOf(groups);
    }
  }
}
