package dev.weir.auditor.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.auditor.table.TableReport.AttributeReport;
import dev.weir.auditor.table.TableReport.Comparison;
import dev.weir.auditor.table.TableReport.GroupReport;
import dev.weir.contracts.serde.Json;
import java.util.Map;
import java.util.function.Function;

/**
 * The audit of a table as JSON.
 *
 * <p>{@code groups} → attribute → group → metric → {@code value}, {@code low}, {@code high}, {@code
 * n}; {@code differences} and {@code ratios} → attribute → metric → the same for the largest
 * against the smallest group, with {@code max_group}, {@code min_group}, {@code undefined_groups},
 * {@code to_overall}, and {@code to_reference} by group; {@code impact_ratios} → attribute → {@code
 * selection} or {@code scoring} → group → {@code rate}, {@code ratio}, {@code share} and {@code
 * below_2_percent}. What is undefined is null.
 */
public final class TableJson {
  private TableJson() {}

  /** Returns the audit as a tree. */
  public static ObjectNode of(TableReport report) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("task", report.task());
    root.put("rows", report.rows());
    root.put("unlabelled", report.unlabelled());
    root.put("weighted", report.isWeighted());
    root.put("level", report.level());
    root.set("overall", figures(report.overall()));
    root.set("groups", by(report, TableJson::groups));
    root.set("differences", by(report, a -> comparisons(a.differences(), a.reference())));
    root.set("ratios", by(report, a -> comparisons(a.ratios(), a.reference())));
    root.set("fairness", by(report, a -> figures(a.fairness())));
    root.set("impact_ratios", by(report, TableJson::impact));
    root.set("inequality", figures(report.inequality()));
    root.set("reliability", by(report, TableJson::reliability));
    root.set("unlabelled_by_group", by(report, TableJson::unlabelled));
    ArrayNode warnings = root.putArray("warnings");
    report.warnings().forEach(warnings::add);
    return root;
  }

  private static ObjectNode by(TableReport report, Function<AttributeReport, ObjectNode> part) {
    ObjectNode node = Json.mapper().createObjectNode();
    report.attributes().forEach(attribute -> node.set(attribute.name(), part.apply(attribute)));
    return node;
  }

  private static ObjectNode figures(Map<String, Figure> figures) {
    ObjectNode node = Json.mapper().createObjectNode();
    figures.forEach((id, figure) -> node.set(id, figure(figure)));
    return node;
  }

  private static ObjectNode figure(Figure figure) {
    return Json.mapper()
        .createObjectNode()
        .put("value", figure.value())
        .put("low", figure.low())
        .put("high", figure.high())
        .put("n", figure.n());
  }

  private static ObjectNode groups(AttributeReport attribute) {
    ObjectNode node = Json.mapper().createObjectNode();
    attribute.groups().forEach((name, group) -> node.set(name, group(group)));
    return node;
  }

  private static ObjectNode group(GroupReport group) {
    ObjectNode node = Json.mapper().createObjectNode();
    group
        .metrics()
        .forEach(
            (id, figure) -> {
              ObjectNode metric = figure(figure);
              if (group.worstCase().containsKey(id)) {
                metric.put("worst_case_low", group.worstCase().get(id).lower());
                metric.put("worst_case_high", group.worstCase().get(id).upper());
              }
              node.set(id, metric);
            });
    return node;
  }

  private static ObjectNode comparisons(Map<String, Comparison> comparisons, String reference) {
    ObjectNode node = Json.mapper().createObjectNode();
    comparisons.forEach((id, comparison) -> node.set(id, comparison(comparison, reference)));
    return node;
  }

  private static ObjectNode comparison(Comparison comparison, String reference) {
    ObjectNode node = figure(comparison.between());
    node.put("max_group", comparison.largest());
    node.put("min_group", comparison.smallest());
    ArrayNode undefined = node.putArray("undefined_groups");
    comparison.undefined().forEach(undefined::add);
    node.set("to_overall", figure(comparison.toOverall()));
    node.put("reference", reference);
    ObjectNode pairs = node.putObject("to_reference");
    comparison
        .toReference()
        .forEach(
            (name, pair) ->
                pairs.set(
                    name,
                    figure(pair.alone())
                        .put("simultaneous_low", pair.simultaneous().low())
                        .put("simultaneous_high", pair.simultaneous().high())));
    return node;
  }

  private static ObjectNode impact(AttributeReport attribute) {
    ObjectNode node = Json.mapper().createObjectNode();
    attribute
        .impact()
        .forEach(
            (kind, groups) -> {
              ObjectNode byGroup = node.putObject(kind);
              groups.forEach(
                  (name, impact) -> {
                    ObjectNode group = byGroup.putObject(name);
                    group.set("rate", figure(impact.rate()));
                    group.set("ratio", figure(impact.ratio()));
                    group.put("share", impact.share());
                    group.put("below_2_percent", impact.isExcludable());
                  });
            });
    return node;
  }

  private static ObjectNode reliability(AttributeReport attribute) {
    ObjectNode node = Json.mapper().createObjectNode();
    attribute
        .groups()
        .forEach(
            (name, group) -> {
              ArrayNode bins = node.putArray(name);
              group
                  .bins()
                  .forEach(
                      bin ->
                          bins.addObject()
                              .put("bin", bin.index())
                              .put("weight", bin.weight())
                              .put("mean_score", bin.meanScore())
                              .put("positive_rate", bin.positiveRate()));
            });
    return node;
  }

  private static ObjectNode unlabelled(AttributeReport attribute) {
    ObjectNode node = Json.mapper().createObjectNode();
    attribute.groups().forEach((name, group) -> node.put(name, group.unlabelled()));
    return node;
  }
}
