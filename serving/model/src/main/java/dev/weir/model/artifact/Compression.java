package dev.weir.model.artifact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * How a version was made smaller, cheaper or more discreet from another version, its parent, with
 * which it is audited in pairs.
 *
 * @param methods what was done, in order, at least one
 * @param parentVersion the parent's version number, ≥ 1
 * @param parentRunId the run with the parent's files and certificate
 * @param parentOnnxDigest sha256 (hex) of the parent's {@code model.onnx}
 */
public record Compression(
    List<Method> methods, int parentVersion, String parentRunId, String parentOnnxDigest) {
  /** Copies the methods and rejects what names no method or no parent. */
  public Compression {
    methods = List.copyOf(methods);
    requireNonNull(parentRunId, "parentRunId");
    requireNonNull(parentOnnxDigest, "parentOnnxDigest");
    if (methods.isEmpty() || parentVersion < 1) {
      throw new IllegalArgumentException(
          "need a method and parentVersion >= 1, were " + methods + " and " + parentVersion);
    }
  }

  /** A way to make a version of another. */
  public enum Method {
    /** Weights or activations of fewer bits. */
    QUANTIZED("quantized"),
    /** Weights or units left out. */
    PRUNED("pruned"),
    /** A smaller network that learned from the parent's answers. */
    DISTILLED("distilled"),
    /** Trained again with noise, so that no single row shows. */
    DIFFERENTIALLY_PRIVATE("differentiallyPrivate");

    private final String id;

    Method(String id) {
      this.id = id;
    }

    /** Returns the name in manifests, for example {@code differentiallyPrivate}. */
    @JsonValue
    public String id() {
      return id;
    }
  }
}
