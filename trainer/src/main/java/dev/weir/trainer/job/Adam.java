package dev.weir.trainer.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), in place.
 *
 * <p>The root is taken with {@code pow(0.5)}: {@code sqrt} gives other bytes on other CPUs.
 */
final class Adam implements AutoCloseable {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double learningRate;
  private final double weightDecay;
  private final List<NDArray> parameters;
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private int step;

  Adam(NDManager manager, List<NDArray> parameters, double learningRate, double weightDecay) {
    this.parameters = List.copyOf(parameters);
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    for (NDArray parameter : parameters) {
      first.add(manager.zeros(parameter.getShape()));
      second.add(manager.zeros(parameter.getShape()));
    }
  }

  /** One step; the gradients are left as they are. */
  void step(List<NDArray> gradients) {
    step++;
    double c1 = 1 - Math.pow(BETA1, step);
    double c2 = 1 - Math.pow(BETA2, step);
    for (int i = 0; i < parameters.size(); i++) {
      NDArray w = parameters.get(i);
      NDArray g = gradients.get(i);
      NDArray m = first.get(i);
      NDArray v = second.get(i);
      try (NDArray g1 = g.mul((float) (1 - BETA1));
          NDArray g2 = g.mul(g)) {
        m.muli((float) BETA1).addi(g1);
        g2.muli((float) (1 - BETA2));
        v.muli((float) BETA2).addi(g2);
      }
      try (NDArray scaled = v.div((float) c2);
          NDArray root = scaled.pow(0.5f);
          NDArray update = m.mul((float) (learningRate / c1))) {
        root.addi((float) EPSILON);
        update.divi(root);
        if (weightDecay > 0) {
          w.muli((float) (1 - learningRate * weightDecay));
        }
        w.subi(update);
      }
    }
  }

  @Override
  public void close() {
    new NDList(first).close();
    new NDList(second).close();
  }
}
