package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Instant AT = Instant.parse("2014-01-10T00:00:00Z");
  private static final String CLEARED = "\r\u001b[K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void plainLinesHaveNoControlCharacters() {
    try (Terminal terminal = new Terminal(out, 0, Colours.of(false, null))) {
      for (int done = 1; done <= 20; done++) {
        terminal.progress(done, 20, AT);
      }
      terminal.tell(AT, "AUDITED    v1: PASS");
    }
    assertThat(text()).doesNotContain("\u001b", "\r");
    assertThat(text().lines())
        .hasSize(12)
        .startsWith("10 Jan 00:00  replayed 1 of 20 ticks")
        .endsWith("10 Jan 00:00  AUDITED    v1: PASS");
  }

  @Test
  void aLineNeverStandsBesideTheBar() {
    try (Terminal terminal = new Terminal(out, 60, Colours.NONE)) {
      IntStream.range(0, 50)
          .parallel()
          .forEach(
              i -> {
                terminal.progress(i, 50, AT);
                terminal.line("line " + i + " of many");
              });
    }
    List<String> lines = text().lines().toList();
    assertThat(text()).endsWith(CLEARED);
    assertThat(lines.stream().map(TerminalTest::afterLastClear).filter(l -> l.startsWith("line")))
        .hasSize(50)
        .allMatch(line -> line.matches("line \\d+ of many"));
  }

  @Test
  void coloursTheDecidingWordUnlessToldNot() {
    try (Terminal terminal = new Terminal(out, 80, Colours.of(true, ""))) {
      terminal.tell(AT, "AUDITED    v3: BLOCK");
    }
    assertThat(text()).contains("v3: \u001b[1;31mBLOCK\u001b[0m");
    assertThat(Colours.of(true, "1").paint("v3: BLOCK")).isEqualTo("v3: BLOCK");
  }

  private static String afterLastClear(String line) {
    int cleared = line.lastIndexOf("\u001b[K");
    return cleared < 0 ? line : line.substring(cleared + 3);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
