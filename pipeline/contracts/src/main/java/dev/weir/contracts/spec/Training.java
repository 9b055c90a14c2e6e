package dev.weir.contracts.spec;

import java.util.List;

/**
 * How a version is trained.
 *
 * @param hidden widths of the hidden layers
 * @param dropout dropout after each hidden layer, in [0, 1)
 * @param batchNorm whether hidden layers are batch normalized
 * @param learningRate Adam's learning rate
 * @param weightDecay decoupled weight decay
 * @param batchSize rows per step
 * @param epochs most epochs
 * @param patience epochs without a better validation loss before stopping
 * @param validationShare share of the training rows that early stopping watches, in (0, 1)
 * @param evaluationShare share of all rows that only judge, in (0, 1)
 * @param seed the seed that requests derive theirs from
 */
public record Training(
    List<Integer> hidden,
    double dropout,
    boolean batchNorm,
    double learningRate,
    double weightDecay,
    int batchSize,
    int epochs,
    int patience,
    double validationShare,
    double evaluationShare,
    long seed) {
  public Training {
    hidden = List.copyOf(hidden);
  }
}
