package dev.weir.auditor.mitigation;

import dev.weir.contracts.control.MitigationOrder;
import dev.weir.statistics.interval.MeanEstimate;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.statistics.interval.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a mitigation cost and what it bought, on the rows that judge, in pairs with the version
 * trained without it. It is reported and judges nothing: the gates do.
 *
 * @param order what was ordered
 * @param rows rows that were compared
 * @param accuracy share decided as labelled
 * @param brier Brier score
 * @param selectionRates share selected, by group
 * @param gaps how far these shares lie apart; null with fewer than two groups
 */
public record MitigationCost(
    MitigationOrder order,
    int rows,
    Pair accuracy,
    Pair brier,
    Map<String, GroupRate> selectionRates,
    @Nullable Gaps gaps) {
  private static final double ALPHA = 0.05;

  public MitigationCost {
    selectionRates = Collections.unmodifiableMap(new TreeMap<>(selectionRates));
  }

  /**
   * A mean of both versions.
   *
   * @param parent without mitigation; null without rows
   * @param mitigated with it; null without rows
   * @param difference mitigated − parent; null without rows
   * @param lower lower end of its 95 % interval (Student's t of the differences in pairs); null
   *     with fewer than two rows
   * @param upper upper end of it
   */
  public record Pair(
      @Nullable Double parent,
      @Nullable Double mitigated,
      @Nullable Double difference,
      @Nullable Double lower,
      @Nullable Double upper) {
    static Pair of(double[] parent, double[] mitigated) {
      int n = parent.length;
      if (n == 0) {
        return new Pair(null, null, null, null, null);
      }
      double[] differences = new double[n];
      for (int i = 0; i < n; i++) {
        differences[i] = mitigated[i] - parent[i];
      }
      double before = mean(parent);
      double after = mean(mitigated);
      if (n < 2) {
        return new Pair(before, after, after - before, null, null);
      }
      MeanEstimate estimate = MeanEstimate.of(differences);
      return new Pair(
          before, after, after - before, estimate.lower(ALPHA / 2), estimate.upper(ALPHA / 2));
    }

    private static double mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }
  }

  /**
   * The selection rate of one group.
   *
   * @param rows rows of the group, ≥ 1
   * @param parent without mitigation
   * @param mitigated with it
   */
  public record GroupRate(int rows, double parent, double mitigated) {}

  /**
   * The largest selection rate of a group minus the smallest.
   *
   * @param parent without mitigation
   * @param mitigated with it
   */
  public record Gaps(Gap parent, Gap mitigated) {
    static @Nullable Gaps of(Collection<GroupRate> groups) {
      return groups.size() < 2
          ? null
          : new Gaps(Gap.of(groups, GroupRate::parent), Gap.of(groups, GroupRate::mitigated));
    }
  }

  /**
   * The gap of one version.
   *
   * @param value the gap, in [0, 1]
   * @param lower lower end of its 95 % interval, which allows for the pair having been picked
   * @param upper upper end of it
   * @see Spread
   */
  public record Gap(double value, double lower, double upper) {
    static Gap of(Collection<GroupRate> groups, ToDoubleFunction<GroupRate> rate) {
      List<ProportionEstimate> rates =
          groups.stream()
              .map(
                  group ->
                      new ProportionEstimate(
                          Math.round(rate.applyAsDouble(group) * group.rows()), group.rows()))
              .toList();
      Spread spread = Spread.difference(rates, ALPHA).orElseThrow();
      return new Gap(spread.value(), spread.lower(), spread.upper());
    }
  }

  /**
   * What one version says of the rows.
   *
   * @param probabilities shape [n]; not copied
   * @param thresholds the probability from which each row is selected, shape [n]; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Decided(double[] probabilities, double[] thresholds) {
    private double decision(int row) {
      return probabilities[row] >= thresholds[row] ? 1 : 0;
    }
  }

  /**
   * Returns the cost.
   *
   * @param order what was ordered
   * @param labels 0 or 1, shape [n]
   * @param groups each row's group, empty where it has none, shape [n]
   * @param parent the version without mitigation
   * @param mitigated the version with it
   */
  public static MitigationCost of(
      MitigationOrder order,
      double[] labels,
      List<String> groups,
      Decided parent,
      Decided mitigated) {
    Map<String, GroupRate> rates = rates(groups, parent, mitigated);
    return new MitigationCost(
        order,
        labels.length,
        Pair.of(right(labels, parent), right(labels, mitigated)),
        Pair.of(squares(labels, parent), squares(labels, mitigated)),
        rates,
        Gaps.of(rates.values()));
  }

  private static double[] right(double[] labels, Decided version) {
    return each(labels.length, row -> version.decision(row) == labels[row] ? 1 : 0);
  }

  private static double[] squares(double[] labels, Decided version) {
    return each(
        labels.length,
        row -> {
          double error = version.probabilities()[row] - labels[row];
          return error * error;
        });
  }

  private static double[] each(int n, IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }

  private static Map<String, GroupRate> rates(
      List<String> groups, Decided parent, Decided mitigated) {
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int row = 0; row < groups.size(); row++) {
      if (!groups.get(row).isEmpty()) {
        members.computeIfAbsent(groups.get(row), group -> new ArrayList<>()).add(row);
      }
    }
    Map<String, GroupRate> rates = new TreeMap<>();
    members.forEach(
        (group, rows) ->
            rates.put(
                group,
                new GroupRate(
                    rows.size(),
                    rows.stream().mapToDouble(parent::decision).average().orElseThrow(),
                    rows.stream().mapToDouble(mitigated::decision).average().orElseThrow())));
    return rates;
  }
}
