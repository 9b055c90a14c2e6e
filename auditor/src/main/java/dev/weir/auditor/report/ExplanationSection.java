package dev.weir.auditor.report;

import dev.weir.auditor.explanation.ExplanationEvidence;
import dev.weir.auditor.explanation.ExplanationEvidence.FeatureImportance;
import dev.weir.model.explain.quality.ExplanationQuality;
import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reports say of a version's Shapley values and of how far they can be trusted. */
final class ExplanationSection implements Section {
  private static final double ALPHA = 0.05;

  private final ExplanationEvidence explanation;

  ExplanationSection(ExplanationEvidence explanation) {
    this.explanation = explanation;
  }

  @Override
  public String title() {
    return "What features contribute";
  }

  @Override
  public void draw(Html html) {
    html.element("h2", title()).element("p", introduction());
    importance().draw(html);
    html.element("h3", "Quality of the explanation").element("p", legend());
    quality().draw(html);
  }

  @Override
  public String markdown() {
    return introduction()
        + "\n\n"
        + importance().markdown()
        + "\n\n"
        + legend()
        + "\n\n"
        + quality().markdown();
  }

  private String introduction() {
    return "Shapley values φ ("
        + explanation.method()
        + ") of "
        + explanation.rows()
        + " judging rows against the "
        + explanation.backgroundRows()
        + " background rows of the version, in units of the probability. Bounds are of 95 %, over"
        + " the rows. The largest standard error of one value is "
        + Figures.number(explanation.largestStandardError())
        + "; that of "
        + explanation.rowsWithinBound()
        + " rows is within the policy's bound.";
  }

  private Table importance() {
    return new Table(
        List.of("feature", "mean |φ|", "bounds"),
        explanation.importance().stream()
            .sorted(Comparator.comparingDouble(FeatureImportance::meanAbsolute).reversed())
            .map(
                each ->
                    List.of(
                        each.feature(),
                        Figures.number(each.meanAbsolute()),
                        Figures.bounds(each.lower(), each.upper())))
            .toList());
  }

  private String legend() {
    return "Of "
        + explanation.quality().rows()
        + " rows. Additivity gap: how far a prediction is from base value plus contributions."
        + " Deletion gain: how much faster the prediction falls when features are removed by"
        + " contribution, not at random; 0 for an explanation that knows nothing. Changes are"
        + " relative to the size of the explanation; 0 is perfectly stable.";
  }

  private Table quality() {
    ExplanationQuality quality = explanation.quality();
    return new Table(
        List.of("figure", "value", "bounds"),
        List.of(
            List.of("largest additivity gap", Figures.number(quality.largestAdditivityGap()), ""),
            row("deletion gain", quality.deletionGain()),
            row("change under another background", quality.backgroundChange()),
            row("change under small noise", quality.noiseChange())));
  }

  private static List<String> row(String name, @Nullable MeanEstimate estimate) {
    if (estimate == null) {
      return List.of(name, Figures.number(null), "");
    }
    Interval interval = Interval.of(estimate, ALPHA);
    return List.of(
        name, Figures.number(estimate.value()), Figures.bounds(interval.lower(), interval.upper()));
  }
}
