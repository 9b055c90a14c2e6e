package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTest {
  @Test
  void breaksAtSpacesAndIndentsWhatIsContinued() {
    assertThat(Wrapped.lines("10 Jan  AUDITED  v1: PASS after all", 20, 4))
        .containsExactly("10 Jan  AUDITED  v1:", "    PASS after all");
  }

  @Test
  void leavesTextAsItIsWhereNobodyWatches() {
    String text = "a ".repeat(200);
    assertThat(Wrapped.lines(text, 0, 4)).containsExactly(text);
  }

  @Test
  void cutsAWordThatIsLongerThanALine() {
    assertThat(Wrapped.lines("x".repeat(25), 10, 2))
        .containsExactly("x".repeat(10), "  " + "x".repeat(8), "  " + "x".repeat(7));
  }

  @Test
  void everyLineFitsWhateverTheWidth() {
    String text =
        "20 Jan 00:00  REQUEST    flights-sabotaged (operator): on purpose [topic-0[0,1500)]";
    for (int columns = 10; columns <= 120; columns++) {
      assertThat(Wrapped.lines(text, columns, 29)).allMatch(fits(columns));
      assertThat(String.join(" ", Wrapped.lines(text, columns, 29)).replace(" ", ""))
          .isEqualTo(text.replace(" ", ""));
    }
  }

  private static java.util.function.Predicate<String> fits(int columns) {
    return line -> line.length() <= columns;
  }
}
