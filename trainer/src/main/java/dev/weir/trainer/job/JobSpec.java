package dev.weir.trainer.job;

import dev.weir.contracts.feature.FeatureLayout.Column;
import java.util.List;

/** What a training job is told, apart from its rows. */
public record JobSpec(
    List<Column> columns,
    List<Integer> hidden,
    double dropout,
    boolean batchNorm,
    double learningRate,
    double weightDecay,
    int batchSize,
    int epochs,
    int patience,
    double validationShare,
    long seed) {

  /** Takes copies. */
  public JobSpec {
    columns = List.copyOf(columns);
    hidden = List.copyOf(hidden);
  }
}
