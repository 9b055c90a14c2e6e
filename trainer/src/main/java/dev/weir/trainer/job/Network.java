package dev.weir.trainer.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A multi-layer perceptron on PyTorch arrays: linear, batch norm, ReLU, dropout; one logit. */
final class Network {

  static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.1f;

  private final NDManager manager;
  private final boolean batchNorm;
  private final double dropout;
  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();
  private final List<NDArray> gammas = new ArrayList<>();
  private final List<NDArray> betas = new ArrayList<>();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();

  Network(NDManager manager, JobSpec spec, int inputs, double outputBias) {
    this.manager = manager;
    this.batchNorm = spec.batchNorm();
    this.dropout = spec.dropout();
    SplittableRandom random = new SplittableRandom(spec.seed());
    int in = inputs;
    for (int out : spec.hidden()) {
      linear(random, in, out, 0f);
      if (batchNorm) {
        gammas.add(trained(manager.ones(new Shape(out))));
        betas.add(trained(manager.zeros(new Shape(out))));
        means.add(manager.zeros(new Shape(out)));
        variances.add(manager.ones(new Shape(out)));
      }
      in = out;
    }
    linear(random, in, 1, (float) outputBias);
  }

  /** Uniform in +- sqrt(6 / inputs), He's bound for ReLU. */
  private void linear(SplittableRandom random, int in, int out, float bias) {
    double bound = Math.sqrt(6.0 / in);
    float[] values = new float[in * out];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    weights.add(trained(manager.create(values, new Shape(in, out))));
    biases.add(trained(manager.full(new Shape(out), bias)));
  }

  private static NDArray trained(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }

  /** All that is learned by gradient, in a fixed order. */
  List<NDArray> parameters() {
    List<NDArray> all = new ArrayList<>(weights);
    all.addAll(biases);
    all.addAll(gammas);
    all.addAll(betas);
    return all;
  }

  private List<NDArray> state() {
    List<NDArray> all = parameters();
    all.addAll(means);
    all.addAll(variances);
    return all;
  }

  List<float[]> copy() {
    return state().stream().map(NDArray::toFloatArray).toList();
  }

  void restore(List<float[]> copy) {
    List<NDArray> state = state();
    for (int i = 0; i < copy.size(); i++) {
      try (NDArray values = manager.create(copy.get(i), state.get(i).getShape())) {
        state.get(i).muli(0f).addi(values);
      }
    }
  }

  NDArray train(NDArray x, SplittableRandom masks) {
    NDArray h = x;
    for (int i = 0; i < weights.size() - 1; i++) {
      h = h.matMul(weights.get(i)).add(biases.get(i));
      if (batchNorm) {
        h = normalise(h, i);
      }
      h = Activation.relu(h);
      if (dropout > 0) {
        h = h.mul(mask(h, masks));
      }
    }
    return logit(h);
  }

  NDArray score(NDArray x) {
    NDArray h = x;
    for (int i = 0; i < weights.size() - 1; i++) {
      h = h.matMul(weights.get(i)).add(biases.get(i));
      if (batchNorm) {
        NDArray root = variances.get(i).add(EPSILON).pow(0.5f);
        h = h.sub(means.get(i)).div(root).mul(gammas.get(i)).add(betas.get(i));
        root.close();
      }
      h = Activation.relu(h);
    }
    return logit(h);
  }

  private NDArray logit(NDArray h) {
    int last = weights.size() - 1;
    return h.matMul(weights.get(last)).add(biases.get(last));
  }

  private NDArray normalise(NDArray h, int i) {
    NDArray mean = h.mean(new int[] {0});
    NDArray centred = h.sub(mean);
    NDArray variance = centred.mul(centred).mean(new int[] {0});
    means.get(i).muli(1 - MOMENTUM).addi(mean.stopGradient().mul(MOMENTUM));
    variances.get(i).muli(1 - MOMENTUM).addi(variance.stopGradient().mul(MOMENTUM));
    return centred.div(variance.add(EPSILON).pow(0.5f)).mul(gammas.get(i)).add(betas.get(i));
  }

  private NDArray mask(NDArray h, SplittableRandom random) {
    float[] mask = new float[(int) h.size()];
    float kept = (float) (1 / (1 - dropout));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < dropout ? 0f : kept;
    }
    return h.getManager().create(mask, h.getShape());
  }

  /** The layers with batch norm folded in: weights (in, out) and biases. */
  List<Layer> folded() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      float[] w = weights.get(i).toFloatArray();
      float[] b = biases.get(i).toFloatArray();
      if (batchNorm && i < weights.size() - 1) {
        fold(w, b, i);
      }
      layers.add(new Layer(w, b));
    }
    return layers;
  }

  private void fold(float[] w, float[] b, int i) {
    float[] gamma = gammas.get(i).toFloatArray();
    float[] beta = betas.get(i).toFloatArray();
    float[] mean = means.get(i).toFloatArray();
    float[] variance = variances.get(i).toFloatArray();
    for (int out = 0; out < b.length; out++) {
      double scale = gamma[out] / Math.sqrt((double) variance[out] + EPSILON);
      for (int at = out; at < w.length; at += b.length) {
        w[at] = (float) (w[at] * scale);
      }
      b[out] = (float) ((b[out] - mean[out]) * scale + beta[out]);
    }
  }

  /** Weights of one layer, input by input, and its biases. */
  record Layer(float[] weights, float[] biases) {}
}
