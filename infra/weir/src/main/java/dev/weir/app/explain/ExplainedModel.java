package dev.weir.app.explain;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import dev.weir.model.network.DenseNetwork;
import dev.weir.model.network.OnnxNetwork;
import dev.weir.model.scoring.TabularModel;
import java.util.Optional;

/**
 * A model file opened for explanations. Its weights are used where they can be read and give what
 * the runtime gives for the background; else it is scored from outside. Not usable once closed.
 */
public final class ExplainedModel implements AutoCloseable {
  /** The runtime computes in float32; more than this is another model. */
  private static final double PARITY = 1e-4;

  private final TabularModel runtime;
  private final Background background;
  private final Optional<DenseNetwork> network;
  private final String obstacle;

  private ExplainedModel(
      TabularModel runtime, Background background, Optional<DenseNetwork> network, String why) {
    this.runtime = runtime;
    this.background = background;
    this.network = network;
    this.obstacle = why;
  }

  /**
   * Opens a model file.
   *
   * @param name names the file in messages
   * @throws IllegalArgumentException if the background has not as many columns as the model takes
   */
  public static ExplainedModel open(String name, byte[] onnx, Background background) {
    TabularModel runtime = TabularModel.open(onnx);
    try {
      if (runtime.features() > 0 && runtime.features() != background.features()) {
        throw new IllegalArgumentException(
            "the background has "
                + background.features()
                + " columns, the model "
                + name
                + " takes "
                + runtime.features()
                + " features; give it one column per feature, in the model's order");
      }
      OnnxNetwork read = OnnxNetwork.read(onnx, runtime.output());
      Optional<DenseNetwork> agreeing =
          read.network().filter(network -> agrees(network, runtime, background));
      String obstacle = read.network().isPresent() ? "its weights differ" : read.obstacle();
      return new ExplainedModel(runtime, background, agreeing, obstacle);
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
  }

  private static boolean agrees(DenseNetwork network, TabularModel runtime, Background background) {
    if (network.features() != background.features()) {
      return false;
    }
    double[][] ours = network.score(background.rows());
    double[][] theirs = runtime.score(background.rows());
    for (int b = 0; b < ours.length; b++) {
      for (int c = 0; c < ours[b].length; c++) {
        double scale = Math.max(1, Math.abs(theirs[b][c]));
        if (ours[b].length != theirs[b].length
            || Math.abs(ours[b][c] - theirs[b][c]) > PARITY * scale) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the network, or the runtime where there is none. */
  Predictor predictor() {
    return network.isPresent() ? network.get() : runtime;
  }

  /**
   * Returns the network.
   *
   * @throws IllegalArgumentException if the weights cannot be read, saying why
   */
  DenseNetwork network() {
    return network.orElseThrow(
        () ->
            new IllegalArgumentException(
                "gradients need the model's weights: "
                    + obstacle
                    + "; use exact, permutation, kernel or lime"));
  }

  Background background() {
    return background;
  }

  /** Returns {@code weights} or {@code scores}: what the explanations are computed from. */
  String basis() {
    return network.isPresent() ? "weights" : "scores";
  }

  @Override
  public void close() {
    runtime.close();
  }
}
