package dev.weir.trainer.job;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a training job found.
 *
 * @param metrics training and validation loss (mean binary cross-entropy, nats), epochs, parity
 * @param baseRate share of positive labels in the rows trained on
 * @param weightsDigest SHA-256 over the bits of all weights, hexadecimal
 * @param kernel the facts that decide whether two machines give the same bytes
 * @param cpuSeconds CPU time of the whole child process
 */
public record JobResult(
    Map<String, Double> metrics,
    double baseRate,
    String weightsDigest,
    Map<String, String> kernel,
    double cpuSeconds) {

  /** Takes sorted copies. */
  public JobResult {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    kernel = Collections.unmodifiableMap(new TreeMap<>(kernel));
  }
}
