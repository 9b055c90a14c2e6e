package dev.weir.model.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.network.Activation;
import dev.weir.model.network.DenseLayer;
import dev.weir.model.network.DenseNetwork;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A golden case of {@code golden/shap}: a network, a background, rows and their values. */
public record ShapFixture(String name, JsonNode json) {
  public static Stream<ShapFixture> all() {
    return GoldenFiles.in("shap").stream().map(ShapFixture::of);
  }

  private static ShapFixture of(GoldenFile file) {
    return new ShapFixture(file.name(), file.json());
  }

  public DenseNetwork network() {
    List<DenseLayer> layers = new ArrayList<>();
    for (JsonNode layer : json.at("/model/layers")) {
      String activation = layer.get("activation").asText().toUpperCase(Locale.ROOT);
      layers.add(
          DenseLayer.of(
              matrix(layer.get("W")), vector(layer.get("b")), Activation.valueOf(activation)));
    }
    return DenseNetwork.of(layers);
  }

  public Background background() {
    return Background.of(matrix(json.get("background")));
  }

  public double[][] rows() {
    return matrix(json.get("rows"));
  }

  public double[][] outputs() {
    return matrix(json.get("outputs"));
  }

  public double[] baseValue() {
    return vector(json.get("base_value"));
  }

  /** The values of a row's output, from the member whose name begins so: [row][feature][output]. */
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
