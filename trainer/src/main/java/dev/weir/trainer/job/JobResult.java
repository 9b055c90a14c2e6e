package dev.weir.trainer.job;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a child JVM says of its job; the model lies beside it as {@code model.onnx}.
 *
 * @param metrics losses and epochs
 * @param baseRate mean label of the rows
 * @param weightsDigest sha256 (hex) of the weights
 * @param kernel what the arithmetic ran on
 * @param cpuSeconds CPU time of the child so far
 */
public record JobResult(
    Map<String, Double> metrics,
    double baseRate,
    String weightsDigest,
    Map<String, String> kernel,
    double cpuSeconds) {
  public JobResult {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    kernel = Collections.unmodifiableMap(new TreeMap<>(kernel));
  }
}
