package dev.weir.app.init;

import dev.weir.app.init.Placement.Use;
import java.util.List;

/** Writes a first policy: better than chance at first, never worse later, groups reported. */
final class PolicyText {
  private PolicyText() {}

  static String of(String model, List<Placement> placements) {
    StringBuilder text = new StringBuilder();
    text.append("# What a version of ").append(model).append(" must show before it serves.\n");
    text.append("# A start: set limits on groups that fit your case before anybody is affected.\n");
    text.append("id: ").append(model).append("-first\n");
    text.append("version: 1\n");
    text.append("alpha: 0.05\n");
    text.append("gates:\n");
    text.append(
        "  - {name: ranks better than chance, metric: auc, above: 0.5, appliesTo: first}\n");
    text.append(
        "  - {name: beats the base rate, metric: brierGainOverBaseRate, above: 0, appliesTo:"
            + " first}\n");
    text.append(
        "  - {name: not worse than the champion, metric: brierGainOverChampion, above: -0.02,"
            + " appliesTo: later}\n");
    for (Placement each : placements) {
      if (each.as() == Use.GROUP) {
        String group = Yaml.text(each.column());
        gate(text, "calibration by " + each.column(), "calibrationGapDifference", group);
        gate(text, "selection rate by " + each.column(), "selectionRateDifference", group);
      }
    }
    return text.toString();
  }

  /** A gate without a limit reports and judges nothing. */
  private static void gate(StringBuilder text, String name, String metric, String group) {
    text.append("  - {name: ")
        .append(Yaml.text(name))
        .append(", metric: ")
        .append(metric)
        .append(", groups: ")
        .append(group)
        .append("}  # reported only; a limit would be: within: 0.1\n");
  }
}
