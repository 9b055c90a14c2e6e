package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.Impact;
import dev.weir.statistics.group.ImpactRatios;
import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.ProportionEstimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a table favours, for the impact ratios of Local Law 144: those selected, and those
 * with a score above the median of all rows.
 */
final class Favoured {
  /** The key of rows that are selected. */
  static final String SELECTION = "selection";

  /** The key of rows that score above the median. */
  static final String SCORING = "scoring";

  private final Map<String, int[]> kinds;

  private Favoured(Map<String, int[]> kinds) {
    this.kinds = kinds;
  }

  /**
   * Returns the rows that are favoured.
   *
   * @param decisions 0 or 1, shape [n]; null when there are none
   * @param scores scores or predicted numbers, shape [n], n ≥ 1; null when there are none
   */
  static Favoured of(double @Nullable [] decisions, double @Nullable [] scores) {
    Map<String, int[]> kinds = new LinkedHashMap<>();
    if (decisions != null) {
      kinds.put(SELECTION, Arrays.stream(decisions).mapToInt(d -> d == 1 ? 1 : 0).toArray());
    }
    if (scores != null) {
      double median = ImpactRatios.median(scores);
      kinds.put(SCORING, Arrays.stream(scores).mapToInt(s -> s > median ? 1 : 0).toArray());
    }
    return new Favoured(kinds);
  }

  /** Returns the same rows in another order. */
  Favoured inOrder(UnaryOperator<int[]> order) {
    Map<String, int[]> ordered = new LinkedHashMap<>();
    kinds.forEach((kind, rows) -> ordered.put(kind, order.apply(rows)));
    return new Favoured(ordered);
  }

  /** Returns the impact ratios of the attribute's groups, by kind and group. */
  Map<String, Map<String, Impact>> impact(Attribute attribute) {
    Map<String, Map<String, Impact>> impact = new LinkedHashMap<>();
    kinds.forEach((kind, rows) -> impact.put(kind, impact(attribute, rates(attribute, rows))));
    return impact;
  }

  private static Map<String, Impact> impact(
      Attribute attribute, Map<String, ProportionEstimate> rates) {
    Map<String, ImpactRatios.Category> categories = ImpactRatios.of(rates);
    Map<String, Interval> intervals = ImpactRatios.intervals(rates, TableAudit.ALPHA);
    Map<String, Impact> impact = new LinkedHashMap<>();
    for (String group : attribute.groups()) {
      ImpactRatios.Category category = categories.get(group);
      Interval interval = intervals.get(group);
      impact.put(
          group,
          category == null || interval == null
              ? new Impact(Figure.undefined(0), Figure.undefined(0), 0)
              : of(category, interval));
    }
    return impact;
  }

  private static Impact of(ImpactRatios.Category category, Interval interval) {
    ProportionEstimate rate = category.rate();
    return new Impact(
        Figure.of(rate, TableAudit.ALPHA),
        category.ratio().isPresent()
            ? Figure.of(
                category.ratio().getAsDouble(), interval.lower(), interval.upper(), rate.n())
            : Figure.undefined(rate.n()),
        category.share());
  }

  private static Map<String, ProportionEstimate> rates(Attribute attribute, int[] favoured) {
    int groups = attribute.groups().size();
    long[] rows = new long[groups];
    long[] successes = new long[groups];
    int[] codes = attribute.codes();
    for (int i = 0; i < codes.length; i++) {
      rows[codes[i]]++;
      successes[codes[i]] += favoured[i];
    }
    Map<String, ProportionEstimate> rates = new LinkedHashMap<>();
    for (int i = 0; i < groups; i++) {
      if (rows[i] > 0) {
        rates.put(attribute.groups().get(i), new ProportionEstimate(successes[i], rows[i]));
      }
    }
    return rates;
  }
}
