package dev.weir.model.explain;

import dev.weir.model.network.Activation;
import dev.weir.model.network.DenseLayer;
import dev.weir.model.network.DenseNetwork;
import dev.weir.model.network.FeatureEncoding.Numeric;
import dev.weir.model.network.FeatureEncoding.OneHot;
import java.util.List;
import java.util.SplittableRandom;

/** A small network over two numbers, one of them sometimes missing, and a category of three. */
public final class EncodedNetwork {
  private EncodedNetwork() {}

  public static DenseNetwork of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return DenseNetwork.of(
        List.of(new Numeric(0.3, 0.3, 2), new OneHot(1, 3), Numeric.RAW),
        List.of(
            DenseLayer.of(
                matrix(random, 6, 5), random.doubles(6, -1, 1).toArray(), Activation.TANH),
            DenseLayer.of(
                matrix(random, 2, 6), random.doubles(2, -1, 1).toArray(), Activation.SOFTMAX)));
  }

  public static double[][] rows(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double number = i % 5 == 0 ? Double.NaN : random.nextDouble(-1, 1);
      rows[i] = new double[] {number, random.nextInt(4), random.nextDouble(-1, 1)};
    }
    return rows;
  }

  private static double[][] matrix(SplittableRandom random, int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = random.doubles(columns, -2, 2).toArray();
    }
    return matrix;
  }
}
