package dev.weir.trainer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

  @Test
  void stepsAgreeWithDoubleArithmetic() {
    System.setProperty("ai.djl.offline", "true");
    double w = 1;
    double m = 0;
    double v = 0;
    try (NDManager manager = NDManager.newBaseManager();
        NDArray parameter = manager.create(new float[] {1f});
        Adam adam = new Adam(manager, List.of(parameter), 0.01, 0.1)) {
      for (int t = 1; t <= 50; t++) {
        double g = Math.sin(t) + 0.5;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        double corrected = m / (1 - Math.pow(0.9, t));
        double scale = Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8;
        w = w * (1 - 0.01 * 0.1) - 0.01 * corrected / scale;
        try (NDArray gradient = manager.create(new float[] {(float) g})) {
          adam.step(List.of(gradient));
        }
      }
      assertThat((double) parameter.getFloat()).isCloseTo(w, within(1e-5));
    }
  }
}
