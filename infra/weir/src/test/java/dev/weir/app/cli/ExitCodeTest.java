package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command answers, without broker and without Quarkus. */
class ExitCodeTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = WeirCommand.line();
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "train",
        "verify",
        "audit",
        "audit table",
        "explain",
        "dead-letters",
        "dead-letters list",
        "dead-letters show",
        "dead-letters replay",
        "drift",
        "detect",
        "bench",
        "bench detectors",
        "init",
        "backtest"
      })
  void helpHasExamplesExitCodesAndJson(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Example", "  weir " + command, "Exit codes: ", "--json");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void withoutACommandItTellsWhichThereAre() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("demo", "up", "verify", "audit", "explain", "Exit codes: 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dmo                                         | weir demo",
        "demo --jsn                                  | --json",
        "demo --port eighty                          | 'eighty' is no number",
        "demo --port 70000                           | between 1 and 65535",
        "up --spec weir.yaml                         | --policy",
        "verify                                      | --ledger",
        "backtest --spec weir.yaml                   | --data",
        "backtest --spec s --data d --step soon      | --step",
        "dead-letters list                           | --model",
        "dead-letters list --model m --data-dir none | name --bootstrap-servers",
        "dead-letters show --model m                 | ID",
        "train claims                                | --reason",
        "train claims --reason r --data-dir none     | name --bootstrap-servers",
        "train claims --reason r --to 2026-01-01T00:00:00Z | needs a --from",
        "train claims --reason r --from today        | today",
        "train claims --reason r --id a/b --bootstrap-servers none:1 | 'a/b'",
        "verify --certificate certificate.json       | --key",
        "verify --ledger ledger.jsonl --chain         | Unknown option: '--chain'"
      })
  void aMistakeIsUsageWithAHint(String arguments, String hint) {
    assertThat(run(arguments.trim().split(" "))).isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).startsWith("weir: ").contains(hint).contains("--help");
    assertThat(err.toString().lines()).hasSizeLessThan(5);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatCannotBeReadFailsWithItsName(@TempDir Path directory) {
    String missing = directory.resolve("ledger.jsonl").toString();
    assertThat(run("verify", "--ledger", missing)).isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains("there is no file " + missing);
  }

  @Test
  void aMissingSpecFailsBeforeAnythingStarts(@TempDir Path directory) {
    String missing = directory.resolve("weir.yaml").toString();
    assertThat(
            run("up", "--spec", missing, "--policy", missing, "--data-dir", directory.toString()))
        .isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains(missing);
  }

  @Test
  void verifyPrintsOneJsonObject(@TempDir Path directory) throws IOException {
    Path ledger = Files.writeString(directory.resolve("ledger.jsonl"), "{}\n");
    assertThat(run("verify", "--ledger", ledger.toString(), "--json")).isEqualTo(WeirCommand.FAIL);
    JsonNode printed = Json.read(out.toString().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThat(printed.path("intact").isBoolean()).isTrue();
    assertThat(printed.path("intact").booleanValue()).isFalse();
    assertThat(printed.path("ledger").asText()).isNotEmpty();
  }
}
