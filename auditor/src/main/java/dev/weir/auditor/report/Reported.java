package dev.weir.auditor.report;

import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.ModelManifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param spec the model's spec
 * @param manifest what is stated about the version
 * @param certified what the certificate says
 * @param importance permutation importance by feature
 * @param pair what compressing changed; null where the version was made from no other
 * @param selective what missing labels leave open; null where labels do not depend on decisions
 */
public record Reported(
    ModelSpec spec,
    ModelManifest manifest,
    Certificate.Predicate certified,
    List<Importance> importance,
    @Nullable PairEvidence pair,
    @Nullable SelectiveEvidence selective) {
  public Reported {
    importance = List.copyOf(importance);
  }

  /**
   * How much the Brier score rises when a feature's column is shuffled.
   *
   * @param standardError over the shuffles only
   */
  public record Importance(String feature, double meanIncrease, double standardError) {}

  String title() {
    return certified.model() + " version " + certified.version();
  }
}
