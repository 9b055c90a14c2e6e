package dev.weir.auditor.report;

import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.pair.PairEvidence.Change;
import dev.weir.model.artifact.Compression;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the reports say of a compressed version beside the one it was made from. */
final class PairSection implements Section {
  private static final Map<String, String> FIGURES = new LinkedHashMap<>();

  static {
    FIGURES.put("selectionRate", "selection rate");
    FIGURES.put("truePositiveRate", "true positive rate");
    FIGURES.put("falsePositiveRate", "false positive rate");
    FIGURES.put("accuracy", "accuracy");
    FIGURES.put("brier", "Brier score");
    FIGURES.put("calibrationGap", "calibration gap");
  }

  private static final String LEGEND =
      "Both versions on the same rows; change is candidate − parent, with bounds that hold at 95 %"
          + " for all groups of a grouping together. Attribution shift: 0 when both explain every"
          + " row alike, 1 when they agree on nothing; of a sample of the group's rows.";

  private final PairEvidence pair;

  PairSection(PairEvidence pair) {
    this.pair = pair;
  }

  @Override
  public String title() {
    return "What compressing changed";
  }

  @Override
  public void draw(Html html) {
    html.element("h2", title()).element("p", introduction());
    if (!pair.refusal().isEmpty()) {
      return;
    }
    html.element("p", LEGEND);
    table(html, "group", "rows", "newly selected", "newly rejected", "attribution shift", "bounds");
    for (PairEvidence.Group group : pair.groups()) {
      PairEvidence.Shift shift = group.attributionShift();
      row(
          html,
          group.group(),
          Long.toString(group.rows()),
          Long.toString(group.newlySelected()),
          Long.toString(group.newlyRejected()),
          shift == null ? "not measured" : Figures.number(shift.value()),
          shift == null ? "" : bounds(shift.lower(), shift.upper()));
    }
    html.raw("</tbody></table></div>");
    FIGURES.forEach((id, name) -> draw(html, id, name));
  }

  private void draw(Html html, String id, String name) {
    html.raw("<section>").element("h3", name);
    table(html, "group", "n", "parent", "candidate", "change", "bounds");
    for (PairEvidence.Group group : pair.groups()) {
      Change figure = group.rates().get(id);
      if (figure != null) {
        row(
            html,
            group.group(),
            Long.toString(figure.rows()),
            Figures.number(figure.parent()),
            Figures.number(figure.candidate()),
            Figures.number(figure.change()),
            bounds(figure.lower(), figure.upper()));
      }
    }
    html.raw("</tbody></table></div></section>");
  }

  private static void table(Html html, String... columns) {
    html.raw("<div class=\"scroll\"><table><thead><tr>");
    for (String column : columns) {
      html.element("th", column);
    }
    html.raw("</tr></thead><tbody>");
  }

  private static void row(Html html, String group, String... cells) {
    html.raw("<tr>").element("th", group);
    for (String cell : cells) {
      html.element("td", cell);
    }
    html.raw("</tr>");
  }

  String introduction() {
    Compression compression = pair.compression();
    String what =
        "Version "
            + compression.parentVersion()
            + " was "
            + compression.methods().stream()
                .map(method -> Figures.words(method))
                .collect(Collectors.joining(", then "))
            + " to make this one.";
    if (!pair.refusal().isEmpty()) {
      return what + " The two could not be compared: " + pair.refusal() + ".";
    }
    Change auc = pair.auc();
    return auc == null
        ? what
        : what
            + " Area under the ROC curve: "
            + Figures.number(auc.parent())
            + ", then "
            + Figures.number(auc.candidate())
            + "; change "
            + Figures.number(auc.change())
            + " "
            + bounds(auc.lower(), auc.upper())
            + ".";
  }

  @Override
  public String markdown() {
    if (!pair.refusal().isEmpty()) {
      return ModelCard.cell(introduction());
    }
    StringBuilder text = new StringBuilder(introduction()).append("\n\n").append(LEGEND);
    text.append("\n\n| group | rows | newly selected | newly rejected | attribution shift |");
    text.append("\n|---|---|---|---|---|");
    for (PairEvidence.Group group : pair.groups()) {
      PairEvidence.Shift shift = group.attributionShift();
      text.append("\n| ").append(ModelCard.cell(group.group())).append(" | ").append(group.rows());
      text.append(" | ").append(group.newlySelected());
      text.append(" | ").append(group.newlyRejected()).append(" | ");
      text.append(
          shift == null
              ? "not measured"
              : Figures.number(shift.value()) + " " + bounds(shift.lower(), shift.upper()));
      text.append(" |");
    }
    text.append("\n\n| figure | group | n | parent | candidate | change | bounds |");
    text.append("\n|---|---|---|---|---|---|---|");
    FIGURES.forEach((id, name) -> markdown(text, id, name));
    return text.toString();
  }

  private void markdown(StringBuilder text, String id, String name) {
    for (PairEvidence.Group group : pair.groups()) {
      Change figure = group.rates().get(id);
      if (figure != null) {
        text.append("\n| ").append(name).append(" | ").append(ModelCard.cell(group.group()));
        text.append(" | ").append(figure.rows());
        text.append(" | ").append(Figures.number(figure.parent()));
        text.append(" | ").append(Figures.number(figure.candidate()));
        text.append(" | ").append(Figures.number(figure.change()));
        text.append(" | ").append(bounds(figure.lower(), figure.upper())).append(" |");
      }
    }
  }

  private static String bounds(@Nullable Double lower, @Nullable Double upper) {
    return lower == null || upper == null
        ? ""
        : "[" + Figures.number(lower) + ", " + Figures.number(upper) + "]";
  }
}
