package dev.weir.trainer.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.spec.Training;
import dev.weir.trainer.optim.Adam;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains an MLP by log-loss with Adam, stops early on a validation part of the rows, and returns
 * the weights of the best epoch. The same rows, recipe and seed give the same weights, byte for
 * byte, on the same CPU kernel.
 */
public final class MlpTrainer {
  private static final int FEWEST_ROWS = 20;

  private final Training training;
  private final float[][] rows;
  private final float[] labels;
  private final float[] weights;
  private final SplittableRandom random;
  private final Preprocessing preprocessing;
  private final int[] fitted;
  private final int[] validation;

  /**
   * Creates a trainer.
   *
   * @param layout what stands at each position of a row
   * @param training the recipe
   * @param seed seed of everything random
   * @param rows the rows, shape [N, F]
   * @param labels 0 or 1, shape [N]
   * @param weights how much each row counts in the loss, ≥ 0, shape [N]
   * @throws IllegalArgumentException if there are too few rows or only one class
   */
  public MlpTrainer(
      FeatureLayout layout,
      Training training,
      long seed,
      float[][] rows,
      float[] labels,
      float[] weights) {
    this.training = training;
    this.weights = weights;
    this.rows = rows;
    this.labels = labels;
    this.random = new SplittableRandom(seed);
    if (rows.length < FEWEST_ROWS) {
      throw new IllegalArgumentException(
          "need at least " + FEWEST_ROWS + " training rows, was " + rows.length);
    }
    int[] order = shuffled(rows.length);
    int held = Math.max(1, (int) Math.round(rows.length * training.validationShare()));
    this.validation = java.util.Arrays.copyOfRange(order, 0, held);
    this.fitted = java.util.Arrays.copyOfRange(order, held, order.length);
    this.preprocessing = Preprocessing.fit(layout, rows, fitted);
    double rate = baseRate(fitted);
    if (rate <= 0 || rate >= 1) {
      throw new IllegalArgumentException("all training rows have one class");
    }
  }

  /** Trains and returns the network of the best epoch. */
  public TrainedNetwork train() {
    try (NDManager manager = NDManager.newBaseManager();
        Mlp mlp = new Mlp(manager, preprocessing.width(), training, baseRate(fitted), random);
        Adam adam =
            new Adam(manager, mlp.parameters(), training.learningRate(), training.weightDecay())) {
      NDArray fitInput = input(manager, fitted);
      NDArray validationInput = input(manager, validation);
      List<Layer> best = List.of();
      double bestLoss = Double.POSITIVE_INFINITY;
      double trainingLoss = Double.NaN;
      double foldGap = Double.NaN;
      int bestEpoch = 0;
      int epoch = 0;
      while (epoch < training.epochs() && epoch - bestEpoch < training.patience()) {
        epoch++;
        fit(manager, mlp, adam);
        double loss = evaluate(mlp, fitInput, validationInput);
        if (loss < bestLoss) {
          bestLoss = loss;
          bestEpoch = epoch;
          best = mlp.layers();
          trainingLoss = loss(mlp, fitInput, fitted);
          foldGap = foldGap(mlp, best, validationInput);
        }
      }
      return new TrainedNetwork(preprocessing, best, trainingLoss, bestLoss, epoch, foldGap);
    }
  }

  private void fit(NDManager manager, Mlp mlp, Adam adam) {
    int[] order = shuffled(fitted.length);
    int size = training.batchSize();
    for (int from = 0; from + 1 < order.length; from += size) {
      int[] batch = new int[Math.min(size, order.length - from)];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = fitted[order[from + i]];
      }
      if (batch.length > 1) {
        step(manager, mlp, adam, batch);
      }
    }
  }

  private void step(NDManager manager, Mlp mlp, Adam adam, int[] batch) {
    try (NDManager scratch = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = mlp.trainingLogits(input(scratch, batch), random);
      collector.backward(logLoss(logits, batch));
    }
    adam.step();
  }

  /** Mean of {@code w (max(z, 0) − z y + ln(1 + e^−|z|))}, which does not overflow. */
  private NDArray logLoss(NDArray logits, int[] which) {
    NDManager manager = logits.getManager();
    NDArray target = manager.create(pick(labels, which));
    NDArray softplus = logits.abs().neg().exp().add(1).log();
    NDArray loss = logits.maximum(0f).sub(logits.mul(target)).add(softplus);
    return loss.mul(manager.create(pick(weights, which))).mean();
  }

  private double evaluate(Mlp mlp, NDArray fitInput, NDArray validationInput) {
    try (NDManager scratch = fitInput.getManager().newSubManager()) {
      NDArray x = fitInput.duplicate();
      x.attach(scratch);
      mlp.settle(x);
    }
    return loss(mlp, validationInput, validation);
  }

  private double loss(Mlp mlp, NDArray input, int[] which) {
    try (NDManager scratch = input.getManager().newSubManager()) {
      NDArray x = input.duplicate();
      x.attach(scratch);
      return logLoss(mlp.servingLogits(x), which).getFloat();
    }
  }

  /** The largest change of a probability by folding batch normalization into the layers. */
  private static double foldGap(Mlp mlp, List<Layer> layers, NDArray input) {
    try (NDManager scratch = input.getManager().newSubManager()) {
      NDArray x = input.duplicate();
      x.attach(scratch);
      NDArray before = probability(mlp.servingLogits(x));
      return before.sub(probability(logits(scratch, layers, x))).abs().max().getFloat();
    }
  }

  private NDArray input(NDManager manager, int[] which) {
    return manager.create(
        preprocessing.apply(rows, which), new Shape(which.length, preprocessing.width()));
  }

  private static float[] pick(float[] values, int[] which) {
    float[] picked = new float[which.length];
    for (int i = 0; i < which.length; i++) {
      picked[i] = values[which[i]];
    }
    return picked;
  }

  private double baseRate(int[] which) {
    double positives = 0;
    double total = 0;
    for (int row : which) {
      positives += (double) weights[row] * labels[row];
      total += weights[row];
    }
    return total > 0 ? positives / total : 0;
  }

  private int[] shuffled(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * Returns the engine's probabilities of rows under folded layers, for parity checks.
   *
   * @param network the network
   * @param rows the rows, shape [N, F]
   */
  public static float[] probabilities(TrainedNetwork network, float[][] rows) {
    int[] all = new int[rows.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    Preprocessing preprocessing = network.preprocessing();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray h =
          manager.create(
              preprocessing.apply(rows, all), new Shape(rows.length, preprocessing.width()));
      return probability(logits(manager, network.layers(), h)).toFloatArray();
    }
  }

  private static NDArray logits(NDManager manager, List<Layer> layers, NDArray input) {
    NDArray h = input;
    int last = layers.size() - 1;
    for (int i = 0; i <= last; i++) {
      Layer layer = layers.get(i);
      NDArray weight = manager.create(layer.weight(), new Shape(layer.out(), layer.in()));
      h = h.matMul(weight.transpose()).add(manager.create(layer.bias()));
      h = i < last ? h.maximum(0f) : h;
    }
    return h.flatten();
  }

  private static NDArray probability(NDArray logits) {
    return logits.neg().exp().add(1).pow(-1f);
  }
}
