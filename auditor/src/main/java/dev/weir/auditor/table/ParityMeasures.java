package dev.weir.auditor.table;

import dev.weir.statistics.group.Confusion;
import dev.weir.statistics.group.DecisionMetric;
import dev.weir.statistics.group.Inequality;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The named measures of group fairness, between groups: demographic parity (selection rates), equal
 * opportunity (true positive rates), predictive parity (precision), equalized odds (the worse of
 * true and false positive rates) and average odds (the mean of both).
 *
 * <p>Equalized odds are at least as far apart as a rate that is: where either can be the worse one,
 * the bound towards equality shares its level between the two. They are at most as far apart as
 * both can be, without correction.
 */
final class ParityMeasures {
  private static final double ALPHA = TableAudit.ALPHA;

  private final Function<DecisionMetric, List<Estimate>> groups;
  private final List<Confusion> confusions;

  /**
   * Creates the measures.
   *
   * @param groups the groups in which a metric is defined
   * @param confusions the matrix of each group
   */
  ParityMeasures(Function<DecisionMetric, List<Estimate>> groups, List<Confusion> confusions) {
    this.groups = groups;
    this.confusions = confusions;
  }

  /** Returns the measures by name; none where there are no decisions. */
  Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    if (confusions.stream().allMatch(c -> c.rows() == 0)) {
      return figures;
    }
    put(figures, "demographic_parity", DecisionMetric.SELECTION_RATE);
    put(figures, "equal_opportunity", DecisionMetric.TRUE_POSITIVE_RATE);
    put(figures, "predictive_parity", DecisionMetric.PRECISION);
    figures.put("equalized_odds_difference", worse(Spread::difference, true));
    figures.put("equalized_odds_ratio", worse(Spread::ratio, false));
    figures.put("average_odds_difference", mean(Spread::difference));
    figures.put("average_odds_ratio", mean(Spread::ratio));
    long n = confusions.stream().mapToLong(Confusion::rows).sum();
    figures.put(
        "between_group_theil_index", TableAudit.index(Inequality.theilBetween(confusions), n));
    return figures;
  }

  private interface Measure {
    Optional<Spread> of(List<Estimate> groups, double alpha);
  }

  private void put(Map<String, Figure> figures, String name, DecisionMetric metric) {
    List<Estimate> defined = groups.apply(metric);
    figures.put(name + "_difference", figure(Spread.difference(defined, ALPHA)));
    figures.put(name + "_ratio", figure(Spread.ratio(defined, ALPHA)));
  }

  private static Figure figure(Optional<Spread> spread) {
    return spread.map(Figure::of).orElse(Figure.undefined(0));
  }

  /** Returns the larger difference, or the smaller ratio, of the two rates. */
  private Figure worse(Measure measure, boolean isLarger) {
    Optional<Spread> tpr = measure.of(groups.apply(DecisionMetric.TRUE_POSITIVE_RATE), ALPHA);
    Optional<Spread> fpr = measure.of(groups.apply(DecisionMetric.FALSE_POSITIVE_RATE), ALPHA);
    if (tpr.isEmpty() || fpr.isEmpty()) {
      return Figure.undefined(0);
    }
    boolean isOpen =
        tpr.get().lower() <= fpr.get().upper() && fpr.get().lower() <= tpr.get().upper();
    Spread a = isOpen ? half(measure, DecisionMetric.TRUE_POSITIVE_RATE) : tpr.get();
    Spread b = isOpen ? half(measure, DecisionMetric.FALSE_POSITIVE_RATE) : fpr.get();
    long n = tpr.get().n() + fpr.get().n();
    return isLarger
        ? Figure.of(
            Math.max(a.value(), b.value()),
            Math.max(a.lower(), b.lower()),
            Math.max(tpr.get().upper(), fpr.get().upper()),
            n)
        : Figure.of(
            Math.min(a.value(), b.value()),
            Math.min(tpr.get().lower(), fpr.get().lower()),
            Math.min(a.upper(), b.upper()),
            n);
  }

  private Spread half(Measure measure, DecisionMetric metric) {
    return measure.of(groups.apply(metric), ALPHA / 2).orElseThrow();
  }

  /** Returns the mean of the two spreads, their variances recovered from their bounds. */
  private Figure mean(Measure measure) {
    Optional<Spread> tpr = measure.of(groups.apply(DecisionMetric.TRUE_POSITIVE_RATE), ALPHA);
    Optional<Spread> fpr = measure.of(groups.apply(DecisionMetric.FALSE_POSITIVE_RATE), ALPHA);
    if (tpr.isEmpty() || fpr.isEmpty()) {
      return Figure.undefined(0);
    }
    Spread a = tpr.get();
    Spread b = fpr.get();
    double value = (a.value() + b.value()) / 2;
    return Figure.of(
        value,
        Math.max(0, value - Math.hypot(a.value() - a.lower(), b.value() - b.lower()) / 2),
        value + Math.hypot(a.upper() - a.value(), b.upper() - b.value()) / 2,
        a.n() + b.n());
  }
}
