package dev.weir.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam with decoupled weight decay, on parameters that are changed in place.
 *
 * <p>{@code m ← β₁m + (1−β₁)g}, {@code v ← β₂v + (1−β₂)g²}, {@code θ ← θ − η(m̂ / (√v̂ + ε) + λθ)}
 * with m̂, v̂ corrected for their start at 0. Its moments are closed with it. Not thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">D. Kingma, J. Ba, Adam, ICLR 2015</a> and <a
 *     href="https://arxiv.org/abs/1711.05101">I. Loshchilov, F. Hutter, Decoupled Weight Decay
 *     Regularization, ICLR 2019</a>
 */
public final class Adam implements AutoCloseable {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final NDManager manager;
  private final List<NDArray> parameters;
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private final double learningRate;
  private final double weightDecay;
  private int step;

  /**
   * Creates the optimizer.
   *
   * @param parent manager that the moments' manager is made from
   * @param parameters the parameters, with gradients required
   * @param learningRate η, &gt; 0
   * @param weightDecay λ, ≥ 0; applied to matrices only, not to vectors
   */
  public Adam(NDManager parent, List<NDArray> parameters, double learningRate, double weightDecay) {
    this.manager = parent.newSubManager();
    this.parameters = List.copyOf(parameters);
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    for (NDArray parameter : parameters) {
      first.add(manager.zeros(parameter.getShape()));
      second.add(manager.zeros(parameter.getShape()));
    }
  }

  /** Takes one step along the gradients that are on the parameters, and leaves them zero. */
  public void step() {
    step++;
    float correction1 = (float) (1 - Math.pow(BETA1, step));
    float correction2 = (float) (1 - Math.pow(BETA2, step));
    for (int i = 0; i < parameters.size(); i++) {
      NDArray parameter = parameters.get(i);
      try (NDManager scratch = manager.newSubManager()) {
        NDArray gradient = parameter.getGradient();
        gradient.attach(scratch);
        NDArray m = first.get(i);
        NDArray v = second.get(i);
        m.muli(BETA1).addi(gradient.mul(1 - BETA1));
        v.muli(BETA2).addi(gradient.mul(gradient).muli(1 - BETA2));
        NDArray root = v.div(correction2);
        root.attach(scratch);
        NDArray update = m.div(correction1);
        update.attach(scratch);
        NDArray denominator = root.pow(0.5f).addi(EPSILON);
        denominator.attach(scratch);
        update.divi(denominator);
        if (weightDecay > 0 && parameter.getShape().dimension() > 1) {
          update.addi(decay(parameter, scratch));
        }
        parameter.subi(update.muli(learningRate));
        gradient.muli(0);
      }
    }
  }

  private NDArray decay(NDArray parameter, NDManager scratch) {
    NDArray copy = parameter.duplicate();
    copy.attach(scratch);
    return copy.muli(weightDecay);
  }

  @Override
  public void close() {
    manager.close();
  }
}
