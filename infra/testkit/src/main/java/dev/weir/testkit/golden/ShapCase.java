package dev.weir.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A case of {@code golden/shap}: the layers of a network, a background, rows, and what they give.
 *
 * @param name the file's name
 * @param json the values
 */
public record ShapCase(String name, JsonNode json) {
  /**
   * A layer, {@code h = activation(W h + b)}.
   *
   * @param weight shape [out, in]
   * @param bias shape [out]
   * @param activation in capitals: IDENTITY, RELU, TANH, SIGMOID, SOFTMAX
   */
  public record Layer(double[][] weight, double[] bias, String activation) {}

  /** Returns every case, in the order of their names. */
  public static List<ShapCase> all() {
    return GoldenFiles.in("shap").stream()
        .map(file -> new ShapCase(file.name(), file.json()))
        .toList();
  }

  /** Returns the layers, first to last. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : json.at("/model/layers")) {
      String activation = layer.get("activation").asText().toUpperCase(Locale.ROOT);
      layers.add(new Layer(matrix(layer.get("W")), vector(layer.get("b")), activation));
    }
    return layers;
  }

  /** Returns the background, shape [B, F]. */
  public double[][] background() {
    return matrix(json.get("background"));
  }

  /** Returns the rows, shape [N, F]. */
  public double[][] rows() {
    return matrix(json.get("rows"));
  }

  /** Returns the outputs of the rows, shape [N, C]. */
  public double[][] outputs() {
    return matrix(json.get("outputs"));
  }

  /** Returns the mean output over the background, shape [C]. */
  public double[] baseValue() {
    return vector(json.get("base_value"));
  }

  /**
   * Returns the values of a row's output, shape [F].
   *
   * @param member the beginning of the member's name; the member is [row][feature][output]
   */
  public double[] values(String member, int row, int output) {
    for (var field : json.properties()) {
      if (field.getKey().startsWith(member)) {
        double[][] byFeature = matrix(field.getValue().get(row));
        double[] values = new double[byFeature.length];
        for (int j = 0; j < values.length; j++) {
          values[j] = byFeature[j][output];
        }
        return values;
      }
    }
    throw new IllegalArgumentException("no member " + member + "* in " + name);
  }

  private static double[][] matrix(JsonNode node) {
    double[][] matrix = new double[node.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = vector(node.get(i));
    }
    return matrix;
  }

  private static double[] vector(JsonNode node) {
    double[] vector = new double[node.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = node.get(i).asDouble();
    }
    return vector;
  }

  @Override
  public String toString() {
    return name;
  }
}
