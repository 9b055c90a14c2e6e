package dev.weir.trainer.network;

import java.util.List;

/**
 * A trained network: hidden layers with ReLU, then one logit.
 *
 * @param preprocessing what happens before the first layer
 * @param layers the layers, the last with one output
 * @param trainingLoss mean log-loss on the fitted rows in the best epoch
 * @param validationLoss mean log-loss on the validation rows in the best epoch
 * @param epochs epochs run
 * @param foldGap largest change of a validation row's probability by folding batch normalization
 *     into the layers
 */
public record TrainedNetwork(
    Preprocessing preprocessing,
    List<Layer> layers,
    double trainingLoss,
    double validationLoss,
    int epochs,
    double foldGap) {
  public TrainedNetwork {
    layers = List.copyOf(layers);
  }
}
