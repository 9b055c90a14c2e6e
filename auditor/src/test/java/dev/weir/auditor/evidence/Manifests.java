package dev.weir.auditor.evidence;

import dev.weir.model.artifact.ModelManifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Manifests for tests that only score. */
public final class Manifests {
  private Manifests() {}

  /** Returns the manifest of a version of one feature that decides at a threshold. */
  public static ModelManifest deciding(double threshold, double baseRate) {
    return new ModelManifest(
        "m",
        "r",
        "spec",
        "",
        List.of("x"),
        threshold,
        baseRate,
        100,
        40,
        "",
        1,
        "",
        "test",
        Map.of(),
        1,
        ModelManifest.EnergyMethod.ESTIMATED,
        "test",
        Map.of(),
        null,
        null,
        Instant.EPOCH,
        null,
        null);
  }
}
