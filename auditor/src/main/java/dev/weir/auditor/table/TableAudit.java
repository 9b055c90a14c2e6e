package dev.weir.auditor.table;

import dev.weir.statistics.group.Confusion;
import dev.weir.statistics.group.Inequality;
import dev.weir.statistics.group.Tally;
import dev.weir.statistics.interval.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Audits a table: every metric of every group, with intervals, and how far groups lie apart. */
public final class TableAudit {
  /** One minus the level of every interval. */
  static final double ALPHA = 0.05;

  private static final double ENTROPY_ORDER = 2;

  private TableAudit() {}

  /**
   * Returns the audit.
   *
   * @throws TableException if the request names a group or an attribute that the table has not
   */
  public static TableReport of(PredictionTable table, TableRequest request) {
    List<String> warnings = new ArrayList<>(table.warnings());
    List<Attribute> attributes = Attributes.crossed(table.attributes(), request.depth(), warnings);
    requireKnown(request, attributes);
    Tally all = table.overall();
    Map<String, Optional<Estimate>> overall = all.metrics(0);
    List<TableReport.AttributeReport> reports =
        attributes.parallelStream()
            .map(
                attribute ->
                    new AttributeAudit(
                            attribute,
                            table.tally(attribute),
                            overall,
                            request,
                            table.impact(attribute))
                        .report())
            .toList();
    return new TableReport(
        table.task().name().toLowerCase(Locale.ROOT),
        table.rows(),
        all.unlabelled(0),
        table.isWeighted(),
        1 - ALPHA,
        figures(overall),
        inequality(all.confusion(0), table),
        reports,
        warnings);
  }

  private static void requireKnown(TableRequest request, List<Attribute> attributes) {
    List<String> names = attributes.stream().map(Attribute::name).toList();
    List<String> columns = request.groups();
    request.declared().keySet().stream()
        .filter(name -> !columns.contains(name))
        .findFirst()
        .ifPresent(name -> unknown("--declared", name, columns));
    request.references().keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(name -> unknown("--reference", name, names));
  }

  private static void unknown(String option, String name, List<String> known) {
    throw new TableException(
        option
            + " names "
            + name
            + ", which is no attribute; there are "
            + String.join(", ", known));
  }

  /** Returns the figures of estimates, undefined ones too. */
  static Map<String, Figure> figures(Map<String, Optional<Estimate>> estimates) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    estimates.forEach(
        (id, estimate) ->
            figures.put(id, estimate.map(e -> Figure.of(e, ALPHA)).orElse(Figure.undefined(0))));
    return figures;
  }

  private static Map<String, Figure> inequality(Confusion all, PredictionTable table) {
    Map<String, Figure> indices = new LinkedHashMap<>();
    if (all.rows() > 0) {
      indices.put("theil_index", index(Inequality.theil(all), all.rows()));
      indices.put(
          "generalized_entropy_index",
          index(Inequality.generalizedEntropy(all, ENTROPY_ORDER), all.rows()));
      indices.put(
          "coefficient_of_variation", index(Inequality.coefficientOfVariation(all), all.rows()));
    }
    table
        .consistency()
        .ifPresent(
            value -> indices.put("consistency", index(OptionalDouble.of(value), table.rows())));
    return indices;
  }

  /** An index without an interval. */
  static Figure index(OptionalDouble value, long n) {
    return value.isPresent() ? new Figure(value.getAsDouble(), null, null, n) : Figure.undefined(n);
  }
}
