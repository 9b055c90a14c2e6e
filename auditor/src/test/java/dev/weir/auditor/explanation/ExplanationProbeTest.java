package dev.weir.auditor.explanation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.ExplanationTerms;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.testkit.onnx.ChainGraph;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A network of twelve features that work together: too many to be explained exactly. */
class ExplanationProbeTest {
  private static final int FEATURES = 12;
  private static final int HIDDEN = 4;

  private final SplittableRandom random = new SplittableRandom(17);
  private final ModelArtifact artifact = artifact();
  private final byte[] background = background();
  private final float[][] rows = rows();

  @Test
  void samplingStopsAtThePolicysBound() {
    ExplanationEvidence evidence = explain(new ExplanationTerms(0.02, 1_000_000, 8, 2));

    assertThat(evidence.method()).isEqualTo("permutation");
    assertThat(evidence.rows()).isEqualTo(8);
    assertThat(evidence.rowsWithinBound()).isEqualTo(8);
    assertThat(evidence.largestStandardError()).isBetween(0.002, 0.02);
    assertThat(evidence.quality().rows()).isEqualTo(2);
  }

  @Test
  void evaluationsThatAreUsedUpShow() {
    ExplanationEvidence evidence = explain(new ExplanationTerms(1e-9, 1_000, 8, 2));

    assertThat(evidence.rowsWithinBound()).isZero();
    assertThat(evidence.largestStandardError()).isGreaterThan(1e-4);
    assertThat(new ExplanationMeasurements(evidence).of(Metric.EXPLANATION_STANDARD_ERROR))
        .singleElement()
        .satisfies(
            measured ->
                assertThat(measured.estimate().value()).isEqualTo(evidence.largestStandardError()));
  }

  @Test
  void whatWasNotExplainedIsNotAssessable() {
    assertThat(new ExplanationMeasurements(null).of(Metric.EXPLANATION_DELETION_GAIN))
        .singleElement()
        .satisfies(measured -> assertThat(measured.isAssessable()).isFalse());
    assertThat(new ExplanationMeasurements(null).of(Metric.AUC)).isEmpty();
  }

  private ExplanationEvidence explain(ExplanationTerms terms) {
    return new ExplanationProbe(terms, artifact, layout(), features -> new double[0], 3)
        .explain(background, rows)
        .orElseThrow();
  }

  private ModelArtifact artifact() {
    byte[] onnx =
        ChainGraph.from("features", FEATURES)
            .gemm(weights(HIDDEN, FEATURES), new double[HIDDEN])
            .operator("Tanh")
            .gemm(weights(1, HIDDEN), new double[1])
            .operator("Sigmoid")
            .onnx("probability", 1);
    return ModelArtifact.of(onnx, manifest(Sha256.hex(onnx)).toJson());
  }

  private double[][] weights(int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(i -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  private byte[] background() {
    String header = String.join(",", names());
    return IntStream.range(0, 20)
        .mapToObj(
            i ->
                random
                    .doubles(FEATURES, -1, 1)
                    .mapToObj(Double::toString)
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", header + "\n", "\n"))
        .getBytes(UTF_8);
  }

  private float[][] rows() {
    float[][] rows = new float[8][FEATURES];
    for (float[] row : rows) {
      for (int j = 0; j < FEATURES; j++) {
        row[j] = (float) random.nextDouble(-1, 1);
      }
    }
    return rows;
  }

  private static List<String> names() {
    return IntStream.range(0, FEATURES).mapToObj(j -> "x" + j).toList();
  }

  private static FeatureLayout layout() {
    String features =
        names().stream()
            .map(name -> "  - {name: " + name + ", type: number}\n")
            .collect(Collectors.joining());
    return FeatureLayout.of(
        SpecReader.parse(
            "weir.yaml",
            """
            model: twelve
            version: 1
            events:
              features: {topic: f, id: id, time: at}
              labels: {topic: l, id: id, time: at, value: y}
            training: {network: {hidden: [4]}}
            triggers:
              volume: {examples: 100}
              drift: {}
            features:
            """
                + features));
  }

  private static ModelManifest manifest(String onnxDigest) {
    return new ModelManifest(
        "twelve",
        "r-1",
        "spec",
        onnxDigest,
        names(),
        0.5,
        0.5,
        100,
        40,
        "",
        1,
        "",
        "test",
        Map.of(),
        8,
        ModelManifest.EnergyMethod.ESTIMATED,
        "CPU time of the child",
        Map.of(),
        null,
        null,
        Instant.EPOCH,
        null,
        null);
  }
}
