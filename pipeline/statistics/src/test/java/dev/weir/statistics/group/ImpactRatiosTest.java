package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.ProportionEstimate;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImpactRatiosTest {
  private static final int RUNS = 2000;

  /** True ratios, c being the highest: a 0.5, b 0.95, c 1. */
  private static final Map<String, Double> RATES =
      new TreeMap<>(Map.of("a", 0.2, "b", 0.38, "c", 0.4));

  @Test
  void intervalsHoldTogetherAtTheirLevelWhicheverGroupSeemsHighest() {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    for (int run = 0; run < RUNS; run++) {
      Map<String, ProportionEstimate> rates = new TreeMap<>();
      RATES.forEach(
          (name, rate) ->
              rates.put(
                  name,
                  new ProportionEstimate(
                      random.doubles(60).filter(uniform -> uniform < rate).count(), 60)));
      Map<String, Interval> intervals = ImpactRatios.intervals(rates, 0.05);
      covered +=
          intervals.entrySet().stream()
                  .allMatch(each -> each.getValue().contains(RATES.get(each.getKey()) / 0.4))
              ? 1
              : 0;
    }
    assertThat(covered).as("seed 7").isGreaterThan((int) (0.95 * RUNS));
  }

  @Test
  void aCategoryAloneIsItsOwnHighest() {
    Map<String, ProportionEstimate> alone = Map.of("a", new ProportionEstimate(0, 10));
    assertThat(ImpactRatios.intervals(alone, 0.05).get("a")).isEqualTo(new Interval(1, 1));
    assertThat(ImpactRatios.of(alone).get("a").ratio()).isEmpty();
  }

  @Test
  void everyIntervalHoldsItsRatio() {
    Map<String, ProportionEstimate> rates =
        Map.of(
            "a", new ProportionEstimate(0, 5),
            "b", new ProportionEstimate(3, 3),
            "c", new ProportionEstimate(50, 90));
    Map<String, Interval> intervals = ImpactRatios.intervals(rates, 0.05);
    ImpactRatios.of(rates)
        .forEach(
            (name, category) ->
                assertThat(intervals.get(name).contains(category.ratio().getAsDouble()))
                    .as(name)
                    .isTrue());
  }
}
