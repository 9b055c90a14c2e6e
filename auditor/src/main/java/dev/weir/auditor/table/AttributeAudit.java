package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.AttributeReport;
import dev.weir.auditor.table.TableReport.Comparison;
import dev.weir.auditor.table.TableReport.GroupReport;
import dev.weir.auditor.table.TableReport.Impact;
import dev.weir.statistics.group.Confusion;
import dev.weir.statistics.group.DecisionMetric;
import dev.weir.statistics.group.Tally;
import dev.weir.statistics.interval.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The audit of one attribute. */
final class AttributeAudit {
  private final Attribute attribute;
  private final Tally tally;
  private final Map<String, Optional<Estimate>> overall;
  private final int reference;
  private final Map<String, Map<String, Impact>> impact;
  private final List<Map<String, Optional<Estimate>>> metrics;

  /**
   * Creates the audit.
   *
   * @param overall the metrics over all rows
   * @param impact impact ratios by kind and group
   */
  AttributeAudit(
      Attribute attribute,
      Tally tally,
      Map<String, Optional<Estimate>> overall,
      TableRequest request,
      Map<String, Map<String, Impact>> impact) {
    this.impact = impact;
    this.attribute = attribute;
    this.tally = tally;
    this.overall = overall;
    this.reference = reference(request);
    this.metrics = IntStream.range(0, attribute.groups().size()).mapToObj(tally::metrics).toList();
  }

  private int reference(TableRequest request) {
    List<String> names = attribute.groups();
    String named = named(request);
    if (!named.isEmpty()) {
      int index = names.indexOf(named);
      if (index < 0) {
        throw new TableException(
            "--reference names the group "
                + named
                + " of "
                + attribute.name()
                + ", which has "
                + names.stream().limit(10).collect(Collectors.joining(", ")));
      }
      return index;
    }
    int largest = 0;
    for (int i = 1; i < names.size(); i++) {
      largest = tally.rows(i) > tally.rows(largest) ? i : largest;
    }
    return largest;
  }

  /** An intersection's reference is that of its parts, when each has one. */
  private String named(TableRequest request) {
    String own = request.references().get(attribute.name());
    if (own != null) {
      return own;
    }
    List<String> parts = List.of(attribute.name().split(Attribute.AND, -1));
    return request.references().keySet().containsAll(parts)
        ? parts.stream().map(request.references()::get).collect(Collectors.joining(Attribute.AND))
        : "";
  }

  AttributeReport report() {
    Map<String, Comparison> differences = new LinkedHashMap<>();
    Map<String, Comparison> ratios = new LinkedHashMap<>();
    for (String metric : overall.keySet()) {
      GroupComparison comparison =
          new GroupComparison(
              attribute.groups(),
              of(metric),
              overall(metric),
              group -> tally.others(metric, group),
              reference);
      differences.put(metric, comparison.differences());
      if (!GroupComparison.SIGNED.contains(metric)) {
        ratios.put(metric, comparison.ratios());
      }
    }
    return new AttributeReport(
        attribute.name(),
        attribute.groups().get(reference),
        groups(),
        differences,
        ratios,
        new ParityMeasures(this::defined, confusions()).figures(),
        impact);
  }

  private Optional<Estimate> overall(String metric) {
    return overall.getOrDefault(metric, Optional.empty());
  }

  /** A group without rows is shown, and compared with nobody, its count of 0 included. */
  private List<Optional<Estimate>> of(String metric) {
    return IntStream.range(0, metrics.size())
        .mapToObj(
            i ->
                tally.rows(i) == 0
                    ? Optional.<Estimate>empty()
                    : metrics.get(i).getOrDefault(metric, Optional.empty()))
        .toList();
  }

  private List<Estimate> defined(DecisionMetric metric) {
    return of(metric.id()).stream().flatMap(Optional::stream).toList();
  }

  private List<Confusion> confusions() {
    return IntStream.range(0, metrics.size()).mapToObj(tally::confusion).toList();
  }

  private Map<String, GroupReport> groups() {
    Map<String, GroupReport> groups = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      groups.put(
          attribute.groups().get(i),
          new GroupReport(
              tally.rows(i),
              tally.unlabelled(i),
              TableAudit.figures(metrics.get(i)),
              tally.worstCase(i),
              tally.bins(i)));
    }
    return groups;
  }
}
