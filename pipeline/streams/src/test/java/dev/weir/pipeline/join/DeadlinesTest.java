package dev.weir.pipeline.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final Deadlines deadlines = new Deadlines();

  @Test
  void whatIsDueComesByTimeAndIdAndOnce() {
    deadlines.put(20, "c");
    deadlines.put(-1, "z");
    deadlines.put(10, "b");
    deadlines.put(10, "a");
    deadlines.put(10, "a");
    assertThat(deadlines.removeBefore(10)).containsExactly("z");
    assertThat(deadlines.removeBefore(20)).containsExactly("a", "b");
    assertThat(deadlines.removeBefore(20)).isEmpty();
    assertThat(deadlines.isEmpty()).isFalse();
    assertThat(deadlines.removeBefore(21)).containsExactly("c");
    assertThat(deadlines.isEmpty()).isTrue();
  }

  @Test
  void oneIsRemovedByItsTimeAndId() {
    deadlines.put(10, "a");
    deadlines.put(20, "a");
    deadlines.remove(10, "b");
    deadlines.remove(10, "a");
    assertThat(deadlines.removeBefore(Long.MAX_VALUE)).containsExactly("a");
  }
}
