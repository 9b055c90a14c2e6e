package dev.weir.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.weir.trainer.optim.Adam;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final double RATE = 0.05;
  private static final double DECAY = 0.1;

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
  }

  /** Minimizes Σ (θ − target)² and compares each step with the papers' formulas in doubles. */
  @Test
  void everyStepIsThePapers() {
    double[] target = {1, -2, 0.5, 3};
    double[] theta = {0.1, 0.2, 0.3, 0.4};
    double[] m = new double[4];
    double[] v = new double[4];
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray parameter = manager.create(new float[] {.1f, .2f, .3f, .4f}, new Shape(2, 2));
      parameter.setRequiresGradient(true);
      NDArray goal = manager.create(new float[] {1, -2, .5f, 3}, new Shape(2, 2));
      try (Adam adam = new Adam(manager, List.of(parameter), RATE, DECAY)) {
        for (int step = 1; step <= 50; step++) {
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray error = parameter.sub(goal);
            collector.backward(error.mul(error).sum());
          }
          adam.step();
          reference(theta, target, m, v, step);
          float[] actual = parameter.toFloatArray();
          for (int i = 0; i < theta.length; i++) {
            assertThat((double) actual[i]).isCloseTo(theta[i], within(1e-5));
          }
        }
      }
    }
  }

  private static void reference(double[] theta, double[] target, double[] m, double[] v, int t) {
    for (int i = 0; i < theta.length; i++) {
      double g = 2 * (theta[i] - target[i]);
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      double mHat = m[i] / (1 - Math.pow(0.9, t));
      double vHat = v[i] / (1 - Math.pow(0.999, t));
      theta[i] -= RATE * (mHat / (Math.sqrt(vHat) + 1e-8) + DECAY * theta[i]);
    }
  }
}
