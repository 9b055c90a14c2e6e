package dev.weir.testkit.gen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenTest {
  @Test
  void sameSeedGivesTheSameCases() {
    List<List<Integer>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      List<Integer> values = new ArrayList<>();
      Gen.cases(20, 7, gen -> values.add(gen.intBetween(0, 1_000_000)));
      runs.add(values);
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
    assertThat(new HashSet<>(runs.get(0))).hasSizeGreaterThan(15);
  }

  @Test
  void failingCaseNamesTheSeedThatRepeatsIt() {
    List<Long> failing = new ArrayList<>();
    Throwable failure =
        catchThrowable(
            () ->
                Gen.cases(
                    1000,
                    3,
                    gen -> {
                      int value = gen.intBetween(0, 99);
                      if (value == 42) {
                        failing.add(gen.seed());
                      }
                      assertThat(value).isNotEqualTo(42);
                    }));
    assertThat(failure)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Gen.of(" + failing.get(0) + "L)")
        .hasCauseInstanceOf(AssertionError.class);
    assertThat(Gen.of(failing.get(0)).intBetween(0, 99)).isEqualTo(42);
  }

  @Test
  void boundsAreReachedAndKept() {
    Set<Integer> seen = new HashSet<>();
    Gen.cases(
        200,
        1,
        gen -> {
          seen.add(gen.intBetween(-1, 1));
          assertThat(gen.doubleBetween(2, 3)).isBetween(2.0, Math.nextDown(3.0));
          assertThat(gen.longBetween(Long.MAX_VALUE - 1, Long.MAX_VALUE))
              .isGreaterThanOrEqualTo(Long.MAX_VALUE - 1);
          assertThat(gen.longBetween(Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        });
    assertThat(seen).containsExactlyInAnyOrder(-1, 0, 1);
  }

  @Test
  void shuffleKeepsTheElementsAndPickTakesOne() {
    List<String> elements = List.of("a", "b", "b", "c");
    Gen.cases(
        50,
        1,
        gen -> {
          assertThat(gen.shuffle(elements)).containsExactlyInAnyOrderElementsOf(elements);
          assertThat(elements).contains(gen.pick(elements));
        });
  }

  @Test
  void emptyListHasNothingToPick() {
    assertThatThrownBy(() -> Gen.of(1).pick(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
