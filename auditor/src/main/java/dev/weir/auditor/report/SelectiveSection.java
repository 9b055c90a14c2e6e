package dev.weir.auditor.report;

import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.auditor.selective.SelectiveEvidence.Bounded;
import dev.weir.auditor.selective.SelectiveEvidence.Group;
import dev.weir.contracts.spec.MissingLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the reports say of rows whose labels a decision prevented. */
final class SelectiveSection implements Section {
  private static final Map<String, String> FIGURES = new LinkedHashMap<>();

  static {
    FIGURES.put("truePositiveRate", "true positive rate");
    FIGURES.put("falsePositiveRate", "false positive rate");
    FIGURES.put("accuracy", "accuracy");
    FIGURES.put("calibrationGap", "calibration gap");
    FIGURES.put("brier", "Brier score");
  }

  private static final String LEGEND =
      "Gates judge selection rates over both kinds of rows, and all else of rows with a label only."
          + " The worst cases say between which values a figure lies over all rows, whatever the"
          + " missing labels are; they are no confidence bounds.";

  private final SelectiveEvidence selective;

  SelectiveSection(SelectiveEvidence selective) {
    this.selective = selective;
  }

  @Override
  public String title() {
    return "Labels that decisions prevented";
  }

  private String introduction() {
    String decision =
        selective.observedWhen() == MissingLabels.Decision.POSITIVE ? "selects" : "does not select";
    return "A label can come only where the champion "
        + decision
        + " the row. "
        + (selective.isSelective() ? LEGEND : "No held-out row of that time lacks its label so.");
  }

  @Override
  public void draw(Html html) {
    html.element("h2", title()).element("p", introduction());
    counts().draw(html);
    if (selective.isSelective()) {
      html.element("h3", "Worst cases");
      worstCases().draw(html);
    }
  }

  @Override
  public String markdown() {
    String text = introduction() + "\n\n" + counts().markdown();
    return selective.isSelective() ? text + "\n\n" + worstCases().markdown() : text;
  }

  private Table counts() {
    return new Table(
        List.of("group", "observed", "unobserved", "share unobserved", "selection rate of both"),
        selective.groups().stream()
            .map(
                group ->
                    List.of(
                        group.group(),
                        Long.toString(group.observed()),
                        Long.toString(group.unobserved()),
                        Figures.number(group.unobservedShare()),
                        Figures.number(group.selectionRate())))
            .toList());
  }

  private Table worstCases() {
    List<List<String>> rows = new ArrayList<>();
    for (Group group : selective.groups()) {
      FIGURES.forEach(
          (id, name) -> {
            Bounded figure = group.figures().get(id);
            if (figure != null) {
              rows.add(
                  List.of(
                      group.group(),
                      name,
                      Figures.number(figure.observed()),
                      ends(figure.lowest(), figure.highest())));
            }
          });
    }
    return new Table(List.of("group", "figure", "observed", "worst cases"), rows);
  }

  private static String ends(@Nullable Double lowest, @Nullable Double highest) {
    return lowest == null || highest == null
        ? "undefined"
        : Figures.number(lowest) + " to " + Figures.number(highest);
  }
}
