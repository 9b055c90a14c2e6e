package dev.weir.auditor.table;

import dev.weir.statistics.group.ImpactRatios;
import dev.weir.statistics.group.Reliability;
import dev.weir.statistics.interval.Interval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The audit of a table of predictions. Intervals are of level {@link #level()}.
 *
 * @param task {@code classification} or {@code regression}
 * @param rows rows of the table
 * @param unlabelled rows without a label
 * @param isWeighted whether rows have weights
 * @param level level of each interval, for example 0.95
 * @param overall metrics over all rows, by id
 * @param inequality indices of inequality over all rows, by name
 * @param attributes one per column of groups, then the intersections
 * @param warnings what a reader should know
 */
public record TableReport(
    String task,
    long rows,
    long unlabelled,
    boolean isWeighted,
    double level,
    Map<String, Figure> overall,
    Map<String, Figure> inequality,
    List<AttributeReport> attributes,
    List<String> warnings) {

  /**
   * One attribute.
   *
   * @param name its name
   * @param reference the group that the others are compared with
   * @param groups its groups by name
   * @param differences by metric
   * @param ratios by metric
   * @param fairness Fairlearn's named measures
   * @param impact impact ratios by kind, {@code selection} or {@code scoring}, and group
   */
  record AttributeReport(
      String name,
      String reference,
      Map<String, GroupReport> groups,
      Map<String, Comparison> differences,
      Map<String, Comparison> ratios,
      Map<String, Figure> fairness,
      Map<String, Map<String, Impact>> impact) {}

  /**
   * A group's impact ratio as New York City's Local Law 144 has it; rows count once each, with a
   * label or without.
   *
   * @param rate its selection rate, or the share of its rows that score above the median of all
   * @param ratio the rate over that of the group with the highest, in [0, 1], with an interval that
   *     holds for all groups together; undefined where the highest rate is 0
   * @param share its share of all rows, in [0, 1]; the law lets under 2 % be left out
   */
  record Impact(Figure rate, Figure ratio, double share) {
    boolean isExcludable() {
      return share < ImpactRatios.EXCLUDABLE_BELOW;
    }
  }

  /**
   * One group.
   *
   * @param rows its rows
   * @param unlabelled those without a label
   * @param metrics by id
   * @param worstCase the rates between which any labels of the unlabelled rows lie; empty when each
   *     row has one
   * @param bins its reliability diagram
   */
  record GroupReport(
      long rows,
      long unlabelled,
      Map<String, Figure> metrics,
      Map<String, Interval> worstCase,
      List<Reliability.Bin> bins) {}

  /**
   * A metric compared between groups.
   *
   * @param between the largest against the smallest, among the groups in which it is defined
   * @param largest the group in which it is largest; null when fewer than two define it
   * @param smallest likewise
   * @param undefined groups in which it is undefined
   * @param toOverall the group that lies farthest from all rows
   * @param toReference each other group against the reference
   */
  record Comparison(
      Figure between,
      @Nullable String largest,
      @Nullable String smallest,
      List<String> undefined,
      Figure toOverall,
      Map<String, Pair> toReference) {}

  /**
   * A group against the reference.
   *
   * @param alone with the interval of this pair alone
   * @param simultaneous with an interval that holds together with those of all other groups
   */
  record Pair(Figure alone, Figure simultaneous) {}
}
