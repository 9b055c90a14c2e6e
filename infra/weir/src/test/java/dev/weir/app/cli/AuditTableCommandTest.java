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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code weir audit table} answers, without broker and without Quarkus. */
class AuditTableCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void aTable() throws IOException {
    data =
        Files.writeString(
            directory.resolve("scored.csv"),
            """
            sex,region,y,decision,p
            f,"north, east",1,1,0.8
            f,south,0,0,0.3
            m,south,1,1,0.9
            m,south,0,1,0.6
            """);
  }

  private int run(String... arguments) {
    return WeirCommand.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private int audit(String more) {
    return run(("audit table --data " + data + " " + more).split(" "));
  }

  @Test
  void jsonHasGroupsDifferencesAndIntersections() {
    assertThat(audit("--label y --prediction decision --score p --group sex,region --json"))
        .isZero();
    JsonNode audit = Json.read(out.toString().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    JsonNode selected = audit.at("/groups/sex/m/selection_rate");
    assertThat(selected.get("value").asDouble()).isEqualTo(1);
    assertThat(selected.get("low").asDouble()).isBetween(0.3, 0.4);
    assertThat(selected.get("n").asInt()).isEqualTo(2);
    assertThat(audit.at("/differences/sex/selection_rate/value").asDouble()).isEqualTo(0.5);
    assertThat(audit.at("/ratios/sex/selection_rate/value").asDouble()).isEqualTo(0.5);
    assertThat(audit.at("/groups/sex&region/f&north, east/count/value").asInt()).isEqualTo(1);
    assertThat(audit.at("/groups/sex&region/m&north, east/selection_rate/value").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--label y --group sex                                            | --prediction",
        "--label y --prediction decision                                  | --group",
        "--label y --group sex --threshold 0.5                            | score",
        "--label y --prediction decision --group sex --threshold 0.5      | threshold",
        "--label y --prediction decision --group sex --declared region=a  | --declared",
        "--label y --prediction decision --group sex,region --reference f | COLUMN=GROUP"
      })
  void aMistakeIsUsageWithAHint(String arguments, String hint) {
    assertThat(audit(arguments)).isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).startsWith("weir: ").contains(hint).contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void dataThatCannotBeAuditedFailsWithFileAndColumn() {
    assertThat(audit("--label outcome --prediction decision --group sex --json"))
        .isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString())
        .contains(data.toString(), "no column outcome", "sex, region, y, decision, p");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereFailsWithItsName() {
    assertThat(
            run(
                "audit",
                "table",
                "--data",
                "nowhere.csv",
                "--label",
                "y",
                "--prediction",
                "p",
                "--group",
                "sex"))
        .isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains("there is no file nowhere.csv");
  }
}
