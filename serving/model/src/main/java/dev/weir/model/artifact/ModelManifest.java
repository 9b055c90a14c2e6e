package dev.weir.model.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.model.artifact.ModelException.Code;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stated about a model beside its ONNX file. Digests are SHA-256 in lower-case hex.
 *
 * @param decisionThreshold a row is decided positive when its probability is ≥ this, in [0, 1]
 * @param baseRate share of positives among the training rows, in [0, 1]
 * @param trainingRowsDigest digest of the training rows in their order
 * @param kernel the CPU kernels the training was pinned to
 * @param energyJoules energy of the training job
 * @param energyScope what {@code energyJoules} covers, in words
 * @param metrics metrics of the training job, on its evaluation rows
 * @param referenceDigest digest of {@code model/reference.json}, the profile of the training rows;
 *     null when there is none
 * @param backgroundDigest digest of {@code model/background.csv}, the training rows that
 *     explanations average over; null when there are none
 * @param mitigation what was done against a gap between groups; null when nothing was
 * @param compression how it was made from another version; null when it was trained by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelManifest(
    String model,
    String requestId,
    String specDigest,
    String onnxDigest,
    List<String> featureNames,
    double decisionThreshold,
    double baseRate,
    long trainingRows,
    long evaluationRows,
    String trainingRowsDigest,
    long seed,
    String weightsDigest,
    String codeVersion,
    Map<String, String> kernel,
    double energyJoules,
    EnergyMethod energyMethod,
    String energyScope,
    Map<String, Double> metrics,
    @Nullable String referenceDigest,
    @Nullable String backgroundDigest,
    Instant createdAt,
    @Nullable AppliedMitigation mitigation,
    @Nullable Compression compression) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** How an energy figure came about. */
  public enum EnergyMethod {
    /** Read from a counter that counted this work, and next to nothing else. */
    MEASURED,
    /** Computed: a share of a counter, or CPU time times a constant. */
    ESTIMATED
  }

  /** Copies the collections, the maps in key order, and checks the ranges. */
  public ModelManifest {
    if (!(decisionThreshold >= 0 && decisionThreshold <= 1) || !(baseRate >= 0 && baseRate <= 1)) {
      throw new IllegalArgumentException(
          "decisionThreshold and baseRate must be in [0, 1], were "
              + decisionThreshold
              + " and "
              + baseRate);
    }
    featureNames = List.copyOf(featureNames);
    kernel = Collections.unmodifiableMap(new TreeMap<>(kernel));
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  /**
   * Returns the probability from which a row is selected: that of its group where the manifest has
   * one, else {@code decisionThreshold}.
   *
   * @param groups the row's values by group, as in the spec
   */
  public double thresholdOf(Map<String, String> groups) {
    return mitigation == null
        ? decisionThreshold
        : mitigation.thresholdOf(groups).orElse(decisionThreshold);
  }

  /** Returns this with another decision threshold and what was done against a gap. */
  public ModelManifest with(double threshold, AppliedMitigation applied) {
    return new ModelManifest(
        model,
        requestId,
        specDigest,
        onnxDigest,
        featureNames,
        threshold,
        baseRate,
        trainingRows,
        evaluationRows,
        trainingRowsDigest,
        seed,
        weightsDigest,
        codeVersion,
        kernel,
        energyJoules,
        energyMethod,
        energyScope,
        metrics,
        referenceDigest,
        backgroundDigest,
        createdAt,
        applied,
        compression);
  }

  /** Returns the manifest as UTF-8 JSON; the same manifest gives the same bytes. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always writable", e);
    }
  }

  /** Returns the manifest in these bytes, or fails with ARTIFACT_CORRUPT. */
  public static ModelManifest parse(byte[] json) {
    try {
      return JSON.readValue(json, ModelManifest.class);
    } catch (IOException e) {
      throw new ModelException(Code.ARTIFACT_CORRUPT, "the manifest is unreadable", e);
    }
  }
}
