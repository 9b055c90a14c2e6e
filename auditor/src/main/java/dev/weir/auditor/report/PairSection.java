package dev.weir.auditor.report;

import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.pair.PairEvidence.Change;
import dev.weir.model.artifact.Compression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    flips().draw(html);
    FIGURES.forEach((id, name) -> draw(html, id, name));
  }

  private void draw(Html html, String id, String name) {
    Table changes = changes(id);
    if (!changes.rows().isEmpty()) {
      html.raw("<section>").element("h3", name);
      changes.draw(html);
      html.raw("</section>");
    }
  }

  private Table flips() {
    List<List<String>> rows = new ArrayList<>();
    for (PairEvidence.Group group : pair.groups()) {
      PairEvidence.Shift shift = group.attributionShift();
      rows.add(
          List.of(
              group.group(),
              Long.toString(group.rows()),
              Long.toString(group.newlySelected()),
              Long.toString(group.newlyRejected()),
              shift == null ? "not measured" : Figures.number(shift.value()),
              shift == null ? "" : Figures.bounds(shift.lower(), shift.upper())));
    }
    return new Table(
        List.of("group", "rows", "newly selected", "newly rejected", "attribution shift", "bounds"),
        rows);
  }

  /** Returns a figure's changes in the groups that have it. */
  private Table changes(String id) {
    List<List<String>> rows = new ArrayList<>();
    for (PairEvidence.Group group : pair.groups()) {
      Change figure = group.rates().get(id);
      if (figure != null) {
        rows.add(
            List.of(
                group.group(),
                Long.toString(figure.rows()),
                Figures.number(figure.parent()),
                Figures.number(figure.candidate()),
                Figures.number(figure.change()),
                Figures.bounds(figure.lower(), figure.upper())));
      }
    }
    return new Table(List.of("group", "n", "parent", "candidate", "change", "bounds"), rows);
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
            + Figures.bounds(auc.lower(), auc.upper())
            + ".";
  }

  @Override
  public String markdown() {
    if (!pair.refusal().isEmpty()) {
      return ModelCard.cell(introduction());
    }
    StringBuilder text = new StringBuilder(introduction()).append("\n\n").append(LEGEND);
    text.append("\n\n").append(flips().markdown());
    FIGURES.forEach(
        (id, name) -> {
          Table changes = changes(id);
          if (!changes.rows().isEmpty()) {
            text.append("\n\n**").append(name).append("**\n\n").append(changes.markdown());
          }
        });
    return text.toString();
  }
}
