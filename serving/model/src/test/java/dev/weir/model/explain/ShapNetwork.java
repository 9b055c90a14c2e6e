package dev.weir.model.explain;

import dev.weir.model.network.Activation;
import dev.weir.model.network.DenseLayer;
import dev.weir.model.network.DenseNetwork;
import dev.weir.testkit.golden.ShapCase;

/** The network of a golden case. */
public final class ShapNetwork {
  private ShapNetwork() {}

  public static DenseNetwork of(ShapCase golden) {
    return DenseNetwork.of(
        golden.layers().stream()
            .map(
                layer ->
                    DenseLayer.of(
                        layer.weight(), layer.bias(), Activation.valueOf(layer.activation())))
            .toList());
  }
}
