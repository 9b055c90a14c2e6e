package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.weir.contracts.spec.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A multi-layer perceptron with one logit: hidden layers of affine, batch normalization, ReLU and
 * dropout. Its arrays live on one manager and are closed with it. Not thread-safe.
 */
final class Mlp implements AutoCloseable {
  private static final float EPSILON = 1e-5f;
  private static final int[] ROWS = {0};

  private final NDManager manager;
  private final Training training;
  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> shifts = new ArrayList<>();
  private final List<NDArray> gains = new ArrayList<>();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();

  Mlp(NDManager parent, int inputs, Training training, double baseRate, SplittableRandom random) {
    this.manager = parent.newSubManager();
    this.training = training;
    int in = inputs;
    for (int out : training.hidden()) {
      weights.add(uniform(out, in, Math.sqrt(6.0 / in), random));
      shifts.add(parameter(manager.zeros(new Shape(out))));
      gains.add(parameter(manager.ones(new Shape(out))));
      means.add(manager.zeros(new Shape(out)));
      variances.add(manager.ones(new Shape(out)));
      in = out;
    }
    weights.add(uniform(1, in, Math.sqrt(3.0 / in), random));
    float logit = (float) Math.log(baseRate / (1 - baseRate));
    shifts.add(parameter(manager.create(new float[] {logit})));
  }

  private NDArray uniform(int out, int in, double limit, SplittableRandom random) {
    float[] values = new float[out * in];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return parameter(manager.create(values, new Shape(out, in)));
  }

  private static NDArray parameter(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }

  /** Returns all trained arrays, in a fixed order. */
  List<NDArray> parameters() {
    List<NDArray> all = new ArrayList<>(weights);
    all.addAll(shifts);
    if (training.batchNorm()) {
      all.addAll(gains);
    }
    return all;
  }

  /** Returns logits of a training batch, shape [N], with batch statistics and dropout. */
  NDArray trainingLogits(NDArray x, SplittableRandom random) {
    NDArray h = x;
    for (int layer = 0; layer < gains.size(); layer++) {
      h = h.matMul(weights.get(layer).transpose());
      if (training.batchNorm()) {
        NDArray mean = h.mean(ROWS, true);
        NDArray centred = h.sub(mean);
        NDArray variance = centred.mul(centred).mean(ROWS, true);
        h = centred.div(variance.add(EPSILON).pow(0.5f)).mul(gains.get(layer));
      }
      h = h.add(shifts.get(layer)).maximum(0f);
      if (training.dropout() > 0) {
        h = h.mul(mask(x.getManager(), h.getShape(), random));
      }
    }
    return output(h);
  }

  /** Returns logits as the model serves them, shape [N]. */
  NDArray servingLogits(NDArray x) {
    NDArray h = x;
    for (int layer = 0; layer < gains.size(); layer++) {
      h = h.matMul(weights.get(layer).transpose());
      if (training.batchNorm()) {
        NDArray scale = variances.get(layer).add(EPSILON).pow(-0.5f).mul(gains.get(layer));
        h = h.sub(means.get(layer)).mul(scale);
      }
      h = h.add(shifts.get(layer)).maximum(0f);
    }
    return output(h);
  }

  private NDArray output(NDArray h) {
    int last = weights.size() - 1;
    return h.matMul(weights.get(last).transpose()).add(shifts.get(last)).flatten();
  }

  private NDArray mask(NDManager scratch, Shape shape, SplittableRandom random) {
    float keep = (float) (1 - training.dropout());
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < keep ? 1 / keep : 0;
    }
    return scratch.create(values, shape);
  }

  /** Sets the statistics of batch normalization to those of all fitted rows, layer by layer. */
  void settle(NDArray x) {
    if (!training.batchNorm()) {
      return;
    }
    NDArray h = x;
    for (int layer = 0; layer < gains.size(); layer++) {
      h = h.matMul(weights.get(layer).transpose());
      NDArray mean = h.mean(ROWS);
      NDArray centred = h.sub(mean);
      NDArray variance = centred.mul(centred).mean(ROWS);
      copy(mean.toFloatArray(), means.get(layer));
      copy(variance.toFloatArray(), variances.get(layer));
      NDArray scale = variance.add(EPSILON).pow(-0.5f).mul(gains.get(layer));
      h = centred.mul(scale).add(shifts.get(layer)).maximum(0f);
    }
  }

  private static void copy(float[] values, NDArray target) {
    target.set(values);
  }

  /** Returns the affine layers, batch normalization folded in. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < weights.size(); layer++) {
      Shape shape = weights.get(layer).getShape();
      int out = (int) shape.get(0);
      int in = (int) shape.get(1);
      float[] weight = weights.get(layer).toFloatArray();
      float[] bias = shifts.get(layer).toFloatArray();
      if (training.batchNorm() && layer < gains.size()) {
        fold(weight, bias, layer, in);
      }
      layers.add(new Layer(weight, bias, in, out));
    }
    return layers;
  }

  private void fold(float[] weight, float[] bias, int layer, int in) {
    float[] gain = gains.get(layer).toFloatArray();
    float[] mean = means.get(layer).toFloatArray();
    float[] variance = variances.get(layer).toFloatArray();
    for (int o = 0; o < bias.length; o++) {
      double scale = gain[o] * Math.pow(variance[o] + EPSILON, -0.5);
      bias[o] = (float) (bias[o] - mean[o] * scale);
      for (int i = 0; i < in; i++) {
        weight[o * in + i] = (float) (weight[o * in + i] * scale);
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
