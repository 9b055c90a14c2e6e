package dev.weir.auditor.report;

import dev.weir.auditor.energy.EnergyEvidence;
import dev.weir.auditor.explanation.ExplanationEvidence;
import dev.weir.auditor.mitigation.MitigationCost;
import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param spec the model's spec
 * @param manifest what is stated about the version
 * @param certified what the certificate says
 * @param findings what the evidence holds beside the verdict
 */
public record Reported(
    ModelSpec spec, ModelManifest manifest, Certificate.Predicate certified, Findings findings) {
  /**
   * What the evidence holds beside the verdict.
   *
   * @param importance permutation importance by feature
   * @param energy what training and scoring take
   * @param explanation Shapley values and their quality; null where there are none
   * @param mitigation what a mitigation cost; null where there was none
   * @param pair what compressing changed; null where the version was made from no other
   * @param selective what missing labels leave open; null where labels do not depend on decisions
   */
  public record Findings(
      List<Importance> importance,
      EnergyEvidence energy,
      @Nullable ExplanationEvidence explanation,
      @Nullable MitigationCost mitigation,
      @Nullable PairEvidence pair,
      @Nullable SelectiveEvidence selective) {
    public Findings {
      importance = List.copyOf(importance);
    }
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

  /** Returns the sections that page and card share, in their order. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    MitigationCost mitigation = findings.mitigation();
    if (mitigation != null) {
      sections.add(new MitigationSection(mitigation));
    }
    PairEvidence pair = findings.pair();
    if (pair != null) {
      sections.add(new PairSection(pair));
    }
    SelectiveEvidence selective = findings.selective();
    if (selective != null) {
      sections.add(new SelectiveSection(selective));
    }
    ExplanationEvidence explanation = findings.explanation();
    if (explanation != null) {
      sections.add(new ExplanationSection(explanation));
    }
    sections.add(new EnergySection(findings.energy()));
    return sections;
  }
}
