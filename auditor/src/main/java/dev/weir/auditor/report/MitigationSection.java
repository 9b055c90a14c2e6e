package dev.weir.auditor.report;

import dev.weir.auditor.mitigation.MitigationCost;
import dev.weir.auditor.mitigation.MitigationCost.Gap;
import dev.weir.auditor.mitigation.MitigationCost.Gaps;
import dev.weir.auditor.mitigation.MitigationCost.Pair;
import dev.weir.contracts.control.MitigationOrder;
import java.util.ArrayList;
import java.util.List;

/** What the reports say of a mitigation: the gap that it was to close, and its price. */
final class MitigationSection implements Section {
  private static final List<String> COLUMNS =
      List.of("figure", "without mitigation", "with it", "change", "bounds of the change");

  private final MitigationCost cost;

  MitigationSection(MitigationCost cost) {
    this.cost = cost;
  }

  @Override
  public String title() {
    return "What the mitigation changed";
  }

  @Override
  public void draw(Html html) {
    html.element("h2", title()).element("p", introduction());
    figures().draw(html);
    html.element("h3", "Selection rates by group");
    rates().draw(html);
  }

  @Override
  public String markdown() {
    return ModelCard.cell(introduction())
        + "\n\n"
        + figures().markdown()
        + "\n\n"
        + rates().markdown();
  }

  private String introduction() {
    MitigationOrder order = cost.order();
    return "A gate on the "
        + Figures.words(order.metric())
        + " of "
        + order.groups()
        + " blocked version "
        + order.parentVersion()
        + ". This one was trained with the method "
        + order.method().id()
        + ". Both decided the same "
        + cost.rows()
        + " rows; the change is that from the former to this one, in pairs, with 95 % bounds. The"
        + " gap is between the group selected most and the one selected least, with bounds that"
        + " allow for these two having been picked. The gates judge, these figures do not.";
  }

  private Table figures() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("accuracy", cost.accuracy()));
    rows.add(row("Brier score", cost.brier()));
    Gaps gaps = cost.gaps();
    if (gaps != null) {
      rows.add(
          List.of(
              "gap between selection rates",
              spelled(gaps.parent()),
              spelled(gaps.mitigated()),
              Figures.number(gaps.mitigated().value() - gaps.parent().value()),
              ""));
    }
    return new Table(COLUMNS, rows);
  }

  private static List<String> row(String name, Pair pair) {
    return List.of(
        name,
        Figures.number(pair.parent()),
        Figures.number(pair.mitigated()),
        Figures.number(pair.difference()),
        Figures.bounds(pair.lower(), pair.upper()));
  }

  private static String spelled(Gap gap) {
    return Figures.number(gap.value()) + " " + Figures.bounds(gap.lower(), gap.upper());
  }

  private Table rates() {
    List<List<String>> rows = new ArrayList<>();
    cost.selectionRates()
        .forEach(
            (group, rate) ->
                rows.add(
                    List.of(
                        group,
                        Integer.toString(rate.rows()),
                        Figures.number(rate.parent()),
                        Figures.number(rate.mitigated()),
                        Figures.number(rate.mitigated() - rate.parent()))));
    return new Table(List.of("group", "rows", "without mitigation", "with it", "change"), rows);
  }
}
