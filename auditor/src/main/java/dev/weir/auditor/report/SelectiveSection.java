package dev.weir.auditor.report;

import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.auditor.selective.SelectiveEvidence.Bounded;
import dev.weir.auditor.selective.SelectiveEvidence.Group;
import dev.weir.contracts.spec.MissingLabels;
import java.util.LinkedHashMap;
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
    html.raw("<div class=\"scroll\"><table><thead><tr><th>group</th><th>observed</th>");
    html.raw("<th>unobserved</th><th>share unobserved</th>");
    html.raw("<th>selection rate of both</th></tr></thead><tbody>");
    for (Group group : selective.groups()) {
      html.raw("<tr>").element("th", group.group());
      html.element("td", Long.toString(group.observed()));
      html.element("td", Long.toString(group.unobserved()));
      html.element("td", Figures.number(group.unobservedShare()));
      html.element("td", Figures.number(group.selectionRate())).raw("</tr>");
    }
    html.raw("</tbody></table></div>");
    if (selective.isSelective()) {
      worstCases(html);
    }
  }

  private void worstCases(Html html) {
    html.element("h3", "Worst cases");
    html.raw("<div class=\"scroll\"><table><thead><tr><th>group</th><th>figure</th>");
    html.raw("<th>observed</th><th>worst cases</th></tr></thead><tbody>");
    for (Group group : selective.groups()) {
      FIGURES.forEach(
          (id, name) -> {
            Bounded figure = group.figures().get(id);
            if (figure != null) {
              html.raw("<tr>").element("th", group.group()).element("td", name);
              html.element("td", Figures.number(figure.observed()));
              html.element("td", ends(figure.lowest(), figure.highest())).raw("</tr>");
            }
          });
    }
    html.raw("</tbody></table></div>");
  }

  @Override
  public String markdown() {
    StringBuilder text = new StringBuilder(introduction());
    text.append("\n\n| group | observed | unobserved | share unobserved |");
    text.append(" selection rate of both |\n|---|---|---|---|---|");
    for (Group group : selective.groups()) {
      text.append("\n| ").append(ModelCard.cell(group.group()));
      text.append(" | ").append(group.observed()).append(" | ").append(group.unobserved());
      text.append(" | ").append(Figures.number(group.unobservedShare()));
      text.append(" | ").append(Figures.number(group.selectionRate())).append(" |");
    }
    if (selective.isSelective()) {
      worstCases(text);
    }
    return text.toString();
  }

  private void worstCases(StringBuilder text) {
    text.append("\n\n| figure | group | observed | worst cases |\n|---|---|---|---|");
    FIGURES.forEach(
        (id, name) -> {
          for (Group group : selective.groups()) {
            Bounded figure = group.figures().get(id);
            if (figure != null) {
              text.append("\n| ").append(name).append(" | ");
              text.append(ModelCard.cell(group.group()));
              text.append(" | ").append(Figures.number(figure.observed())).append(" | ");
              text.append(ends(figure.lowest(), figure.highest())).append(" |");
            }
          }
        });
  }

  private static String ends(@Nullable Double lowest, @Nullable Double highest) {
    return lowest == null || highest == null
        ? "undefined"
        : Figures.number(lowest) + " to " + Figures.number(highest);
  }
}
