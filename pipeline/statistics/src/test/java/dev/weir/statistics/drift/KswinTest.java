package dev.weir.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.statistics.twosample.KolmogorovSmirnov;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no golden case: a plain oracle, the exact test of Commons Statistics inside. */
class KswinTest {
  @ParameterizedTest
  @CsvSource({
    "30, 5, 0.8079631540901643",
    "30, 10, 0.07088798787114439",
    "30, 13, 0.006548396368058784",
    "30, 14, 0.0025300622362698397",
    "30, 20, 1.2750060342394341e-06",
    "7, 2, 0.9627039627039629",
    "7, 4, 0.21212121212121213",
    "7, 7, 0.0005827505827505828"
  })
  void pValueIsScipysExactOne(int n, int steps, double expected) {
    // scipy 1.17.1, ks_2samp(method="exact") of samples at that distance
    assertThat(Kswin.pValue(steps, n)).isCloseTo(expected, within(1e-9 * expected));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void changesAreTheOraclesOnNumbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] stream = stream(1500, random::nextDouble);
    assertThat(changes(stream, new Kswin(0.005, 100, 30, seed)))
        .isEqualTo(oracle(stream, 0.005, 100, 30, seed))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void changesAreTheOraclesWithTies(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] stream = stream(1500, () -> random.nextInt(4));
    assertThat(changes(stream, new Kswin(0.01, 80, 25, seed)))
        .isEqualTo(oracle(stream, 0.01, 80, 25, seed))
        .isNotEmpty();
  }

  @Test
  void aResetDetectorIsANewOne() {
    double[] stream = stream(1500, new SplittableRandom(7)::nextDouble);
    Kswin kswin = new Kswin(3);
    List<Integer> first = changes(stream, kswin);
    kswin.reset();
    assertThat(changes(stream, kswin)).isEqualTo(first);
  }

  @Test
  void aSampleThatCannotBeSignificantIsRefused() {
    assertThatThrownBy(() -> new Kswin(1e-6, 100, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recentSize 5");
  }

  private static double[] stream(int n, DoubleSupplier values) {
    double[] stream = new double[n];
    for (int i = 0; i < n; i++) {
      stream[i] = values.getAsDouble() + (i / 500 % 2 == 1 ? 0.6 : 0);
    }
    return stream;
  }

  private static List<Integer> changes(double[] stream, Kswin kswin) {
    List<Integer> changes = new ArrayList<>();
    for (int i = 0; i < stream.length; i++) {
      if (kswin.update(stream[i])) {
        changes.add(i);
      }
    }
    return changes;
  }

  private static List<Integer> oracle(double[] stream, double alpha, int n, int r, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> window = new ArrayList<>();
    List<Integer> changes = new ArrayList<>();
    for (int t = 0; t < stream.length; t++) {
      window.add(stream[t]);
      if (window.size() > n) {
        window.remove(0);
      }
      if (window.size() == n) {
        List<Double> recent = new ArrayList<>(window.subList(n - r, n));
        List<Double> drawn = drawn(window.subList(0, n - r), r, random);
        if (KolmogorovSmirnov.test(array(drawn), array(recent)).pValue() <= alpha) {
          changes.add(t);
          window = recent;
        }
      }
    }
    return changes;
  }

  private static List<Double> drawn(List<Double> older, int r, SplittableRandom random) {
    List<Double> places = new ArrayList<>(older);
    for (int i = 0; i < r; i++) {
      int j = random.nextInt(i, places.size());
      places.set(i, places.set(j, places.get(i)));
    }
    return places.subList(0, r);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
