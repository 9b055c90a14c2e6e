package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final ProgressLine HALF =
      new ProgressLine("January 2014", 68, 136, "17 Jan 18:00", Duration.ofSeconds(75));

  @Test
  void drawsABarThatFits() {
    assertThat(HALF.render(60))
        .isEqualTo("January 2014 [=========>        ]  50 %  1:15  17 Jan 18:00")
        .hasSize(59);
  }

  @Test
  void leavesTheBarOutOfANarrowTerminal() {
    assertThat(HALF.render(45)).isEqualTo("January 2014  50 %  1:15  17 Jan 18:00");
  }

  @Test
  void neverFillsTheLastColumn() {
    for (int columns = 1; columns <= 200; columns++) {
      assertThat(HALF.render(columns).length()).isLessThan(columns);
    }
  }

  @Test
  void isFullAtTheEnd() {
    assertThat(new ProgressLine("t", 3, 3, "", Duration.ZERO).render(40)).contains("=]", "100 %");
  }
}
