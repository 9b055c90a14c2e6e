package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchPipelineCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return WeirCommand.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--events=0",
        "--events=1000,-1",
        "--partitions=0",
        "--repeat=0",
        "--warm-up=-1",
        "--events=many"
      })
  void whatCannotBeRunIsAUsageError(String argument) {
    assertThat(run("bench", "pipeline", argument)).isEqualTo(2);
    assertThat(err.toString()).contains("weir bench pipeline --help");
  }

  @Test
  void helpSaysWhatAnEventIs() {
    assertThat(run("bench", "pipeline", "--help")).isZero();
    assertThat(out.toString()).contains("An event is a features record").contains("Exit codes");
  }
}
