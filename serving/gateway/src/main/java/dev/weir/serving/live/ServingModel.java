package dev.weir.serving.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.certificate.Certificate;

/**
 * One loaded version. It counts who uses it, and closes its scorer when it is retired and the last
 * user is done.
 */
public final class ServingModel {
  private final Certificate certificate;
  private final String runId;
  private final JsonNode manifest;
  private final Scorer scorer;
  private int users = 1;

  ServingModel(Certificate certificate, String runId, JsonNode manifest, Scorer scorer) {
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

  /** The manifest, as its verified file says. */
  public JsonNode manifest() {
    return manifest;
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
