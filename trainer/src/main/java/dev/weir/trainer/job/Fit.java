package dev.weir.trainer.job;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Trains one network: mini-batches, early stopping on a validation split, best weights kept. */
final class Fit {

  private final JobSpec spec;
  private final JobRows rows;
  private final Preprocessing preprocessing;
  private final NDManager manager;
  private final Network network;
  private final int[] training;
  private final int[] validation;
  private double trainLoss;
  private double validationLoss = Double.POSITIVE_INFINITY;
  private int epochs;
  private long steps;

  Fit(NDManager manager, JobSpec spec, JobRows rows) {
    this.manager = manager;
    this.spec = spec;
    this.rows = rows;
    int n = rows.features().length;
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    shuffle(order, new SplittableRandom(spec.seed() ^ 0x5deece66dL));
    int held = Math.min(n - 2, (int) Math.round(n * spec.validationShare()));
    this.validation = Arrays.copyOf(order, Math.max(held, 0));
    this.training = Arrays.copyOfRange(order, validation.length, n);
    float[][] fitted = new float[training.length][];
    Arrays.setAll(fitted, i -> rows.features()[training[i]]);
    this.preprocessing = Preprocessing.fit(spec.columns(), fitted);
    double rate = Math.min(Math.max(baseRate(), 1e-4), 1 - 1e-4);
    double bias = Math.log(rate / (1 - rate));
    this.network = new Network(manager, spec, preprocessing.width(), bias);
  }

  void run() {
    List<float[]> best = network.copy();
    int[] order = training.clone();
    try (Adam adam =
        new Adam(manager, network.parameters(), spec.learningRate(), spec.weightDecay())) {
      int stale = 0;
      for (int epoch = 0; epoch < spec.epochs() && stale <= spec.patience(); epoch++) {
        shuffle(order, new SplittableRandom(spec.seed() + 31L * (epoch + 1)));
        epoch(order, adam);
        epochs = epoch + 1;
        double loss = loss(validation.length > 0 ? validation : training);
        if (!Double.isFinite(loss)) {
          throw new IllegalStateException("the loss is not finite in epoch " + epochs);
        }
        if (loss < validationLoss) {
          validationLoss = loss;
          best = network.copy();
          stale = 0;
        } else {
          stale++;
        }
      }
    }
    network.restore(best);
    trainLoss = loss(training);
  }

  private void epoch(int[] order, Adam adam) {
    for (int from = 0; from < order.length; from += spec.batchSize()) {
      int to = Math.min(order.length, from + spec.batchSize());
      if (to - from > 1) {
        step(order, from, to, adam);
      }
    }
  }

  private void step(int[] order, int from, int to, Adam adam) {
    SplittableRandom masks = new SplittableRandom(spec.seed() * 0x9e3779b97f4a7c15L + ++steps);
    try (NDManager batch = manager.newSubManager()) {
      NDArray x = features(batch, rows.features(), order, from, to);
      NDArray y = labels(batch, order, from, to);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(crossEntropy(network.train(x, masks), y));
      }
      List<NDArray> gradients = new ArrayList<>();
      for (NDArray parameter : network.parameters()) {
        NDArray gradient = parameter.getGradient();
        gradient.attach(batch);
        gradients.add(gradient);
      }
      adam.step(gradients);
      gradients.forEach(gradient -> gradient.muli(0f));
    }
  }

  private double loss(int[] which) {
    double sum = 0;
    for (int from = 0; from < which.length; from += 1024) {
      int to = Math.min(which.length, from + 1024);
      try (NDManager batch = manager.newSubManager()) {
        NDArray x = features(batch, rows.features(), which, from, to);
        NDArray mean = crossEntropy(network.score(x), labels(batch, which, from, to));
        sum += mean.getFloat() * (double) (to - from);
      }
    }
    return sum / which.length;
  }

  /** Mean of max(z, 0) - z y + log(1 + exp(-|z|)), in nats. */
  private static NDArray crossEntropy(NDArray z, NDArray y) {
    NDArray tail = z.abs().neg().exp().add(1f).log();
    return Activation.relu(z).sub(z.mul(y)).add(tail).mean();
  }

  float[] score(float[][] raw) {
    int[] all = new int[raw.length];
    Arrays.setAll(all, i -> i);
    try (NDManager batch = manager.newSubManager()) {
      NDArray logits = network.score(features(batch, raw, all, 0, raw.length));
      return Activation.sigmoid(logits).toFloatArray();
    }
  }

  private NDArray features(NDManager batch, float[][] raw, int[] which, int from, int to) {
    float[] dense = preprocessing.encode(raw, which, from, to);
    return batch.create(dense, new Shape(to - from, preprocessing.width()));
  }

  private NDArray labels(NDManager batch, int[] which, int from, int to) {
    float[] labels = new float[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = rows.labels()[which[i]];
    }
    return batch.create(labels, new Shape(to - from, 1));
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  double baseRate() {
    double sum = 0;
    for (int i : training) {
      sum += rows.labels()[i];
    }
    return sum / training.length;
  }

  double trainLoss() {
    return trainLoss;
  }

  double validationLoss() {
    return validationLoss;
  }

  int epochs() {
    return epochs;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  Network network() {
    return network;
  }
}
