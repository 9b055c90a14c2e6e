package dev.weir.serving.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The answers of the Open Inference Protocol, version 2. */
final class OpenInference {
  private OpenInference() {}

  /** Answer to a health question about the server. */
  public record ServerLive(boolean live) {}

  /** Answer whether the server is ready. */
  public record ServerReady(boolean ready) {}

  /** Answer whether a model is ready. */
  public record ModelReady(String name, boolean ready) {}

  /** What the server is. */
  public record ServerMetadata(String name, String version, List<String> extensions) {}

  /** What a model is. */
  public record ModelMetadata(
      String name,
      List<String> versions,
      String platform,
      List<TensorMetadata> inputs,
      List<TensorMetadata> outputs) {}

  /** What a tensor is. */
  public record TensorMetadata(String name, String datatype, List<Integer> shape) {}

  /** An answer to an inference request. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record InferenceResponse(
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion,
      String id,
      List<OutputTensor> outputs) {}

  /** One output. */
  public record OutputTensor(
      String name, String datatype, List<Integer> shape, List<Double> data) {}

  /** The answer to raw events. */
  public record RawPredictions(
      String model,
      @JsonProperty("model_version") String modelVersion,
      List<RawPrediction> predictions) {}

  /**
   * What the champion says of one event.
   *
   * @param probability of the positive class, in [0, 1]
   * @param selected whether it is at least the champion's decision threshold, or that of the
   *     event's group where the manifest has thresholds by group
   */
  public record RawPrediction(String id, double probability, boolean selected) {}
}
