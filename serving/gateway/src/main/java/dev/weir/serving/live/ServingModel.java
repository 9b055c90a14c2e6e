package dev.weir.serving.live;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.model.artifact.ModelManifest;
import java.util.Map;

/**
 * One loaded version. It counts who uses it, and closes its scorer when it is retired and the last
 * user is done.
 */
public final class ServingModel {
  private final Certificate certificate;
  private final String runId;
  private final ModelManifest manifest;
  private final Scorer scorer;
  private int users = 1;

  ServingModel(Certificate certificate, String runId, ModelManifest manifest, Scorer scorer) {
    this.certificate = certificate;
    this.runId = runId;
    this.manifest = manifest;
    this.scorer = scorer;
  }

  /** The version. */
  public int version() {
    return certificate.predicate().version();
  }

  /** The registry's run that holds its files. */
  public String runId() {
    return runId;
  }

  /** Digest of the spec that its rows must be encoded by. */
  public String specDigest() {
    return certificate.predicate().specDigest();
  }

  /**
   * Whether a row is selected: by the decision threshold, or by that of its group.
   *
   * @param probability what {@link Lease#positive} says of the row
   * @param groups the row's values by group
   */
  public boolean selects(double probability, Map<String, String> groups) {
    return probability >= manifest.thresholdOf(groups);
  }

  double[] positive(float[][] rows) {
    return scorer.positive(rows);
  }

  /** Counts one more user; false where the model is closed already. */
  synchronized boolean retain() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  /** Counts one user less; the last one closes. */
  void release() {
    boolean isLast;
    synchronized (this) {
      users--;
      isLast = users == 0;
    }
    if (isLast) {
      scorer.close();
    }
  }
}
