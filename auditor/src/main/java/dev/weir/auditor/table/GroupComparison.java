package dev.weir.auditor.table;

import dev.weir.auditor.table.TableReport.Comparison;
import dev.weir.auditor.table.TableReport.Pair;
import dev.weir.statistics.group.Others;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Farthest;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.IndependentRatio;
import dev.weir.statistics.interval.Spread;
import dev.weir.statistics.multiple.SimultaneousLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One metric compared between the groups of one attribute. */
final class GroupComparison {
  /** Metrics that may be negative, of which a ratio means nothing. */
  static final Set<String> SIGNED = Set.of("mean_error", "calibration_gap");

  private static final int MOST_CORRELATED = 16;

  private final List<String> names = new ArrayList<>();
  private final List<Estimate> defined = new ArrayList<>();
  private final List<Optional<Others>> outside = new ArrayList<>();
  private final List<String> undefined = new ArrayList<>();
  private final @Nullable Estimate overall;
  private final int reference;
  private final double together;

  /**
   * Creates the comparison.
   *
   * @param groups names of the groups
   * @param estimates the metric of each, empty where undefined
   * @param overall the metric over all rows
   * @param others the metric over all rows outside a group, where it is a mean
   * @param reference index of the reference group
   */
  GroupComparison(
      List<String> groups,
      List<Optional<Estimate>> estimates,
      Optional<Estimate> overall,
      IntFunction<Optional<Others>> others,
      int reference) {
    int found = -1;
    for (int i = 0; i < groups.size(); i++) {
      if (estimates.get(i).isEmpty()) {
        undefined.add(groups.get(i));
        continue;
      }
      found = i == reference ? defined.size() : found;
      names.add(groups.get(i));
      defined.add(estimates.get(i).get());
      outside.add(others.apply(i));
    }
    this.overall = overall.orElse(null);
    this.reference = found;
    this.together =
        found < 0 || defined.size() < 2 ? TableAudit.ALPHA : together(defined.size() - 1);
  }

  /**
   * Returns the level of an interval that holds together with the others: by max-t, or for many
   * groups by Šidák's bound, which ignores the reference they share and is a few per cent wider.
   */
  private double together(int pairs) {
    return pairs > MOST_CORRELATED
        ? -Math.expm1(Math.log1p(-TableAudit.ALPHA) / pairs)
        : 2 * SimultaneousLevel.of(correlation(), TableAudit.ALPHA, 2);
  }

  Comparison differences() {
    return comparison(
        Spread.difference(defined, TableAudit.ALPHA),
        toOverall(false).flatMap(pairs -> Farthest.difference(pairs, TableAudit.ALPHA)),
        toReference(IndependentDifference::new));
  }

  Comparison ratios() {
    if (defined.stream().anyMatch(e -> e.value() < 0)) {
      return comparison(Optional.empty(), Optional.empty(), Map.of());
    }
    boolean isPositive = overall != null && overall.value() > 0;
    boolean hasBase = reference >= 0 && defined.get(reference).value() > 0;
    return comparison(
        Spread.ratio(defined, TableAudit.ALPHA),
        isPositive
            ? toOverall(true).flatMap(pairs -> Farthest.ratio(pairs, TableAudit.ALPHA))
            : Optional.empty(),
        hasBase ? toReference(IndependentRatio::new) : Map.of());
  }

  private Comparison comparison(
      Optional<Spread> between, Optional<Farthest> toOverall, Map<String, Pair> toReference) {
    long n = defined.stream().mapToLong(Estimate::n).sum();
    return new Comparison(
        between.map(Figure::of).orElse(Figure.undefined(n)),
        between.map(s -> names.get(s.maximum())).orElse(null),
        between.map(s -> names.get(s.minimum())).orElse(null),
        undefined,
        toOverall
            .map(f -> Figure.of(f.value(), f.lower(), f.upper(), n))
            .orElse(Figure.undefined(n)),
        toReference);
  }

  /**
   * Each group against all rows; empty when there are not two groups. Where the metric is no mean,
   * as if the two were independent, which makes the bounds wider than need be.
   */
  private Optional<List<Estimate>> toOverall(boolean isRatio) {
    Estimate all = overall;
    if (all == null || defined.size() < 2) {
      return Optional.empty();
    }
    List<Estimate> pairs = new ArrayList<>();
    for (int i = 0; i < defined.size(); i++) {
      pairs.add(isRatio ? overAll(i, all) : minusAll(i, all));
    }
    return Optional.of(pairs);
  }

  private Estimate minusAll(int group, Estimate all) {
    Estimate own = defined.get(group);
    return outside
        .get(group)
        .map(others -> others.difference(own))
        .orElseGet(() -> new IndependentDifference(own, all));
  }

  private Estimate overAll(int group, Estimate all) {
    Estimate own = defined.get(group);
    return outside
        .get(group)
        .filter(others -> others.estimate().value() > 0)
        .map(others -> others.ratio(own))
        .orElseGet(() -> new IndependentRatio(own, all));
  }

  private Map<String, Pair> toReference(BinaryOperator<Estimate> pair) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    if (reference < 0 || defined.size() < 2) {
      return pairs;
    }
    for (int i = 0; i < defined.size(); i++) {
      if (i != reference) {
        Estimate estimate = pair.apply(defined.get(i), defined.get(reference));
        pairs.put(
            names.get(i),
            new Pair(Figure.of(estimate, TableAudit.ALPHA), Figure.of(estimate, together)));
      }
    }
    return pairs;
  }

  /** Differences to one reference hang together by its variance. */
  private double[][] correlation() {
    double shared = Math.pow(defined.get(reference).standardError(), 2);
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < defined.size(); i++) {
      if (i != reference) {
        errors.add(Math.hypot(defined.get(i).standardError(), Math.sqrt(shared)));
      }
    }
    double[][] correlation = new double[errors.size()][errors.size()];
    for (int i = 0; i < correlation.length; i++) {
      for (int j = 0; j < correlation.length; j++) {
        double both = errors.get(i) * errors.get(j);
        boolean isKnown = both > 0 && both < Double.POSITIVE_INFINITY;
        correlation[i][j] = i == j ? 1 : isKnown ? shared / both : 0;
      }
    }
    return correlation;
  }
}
