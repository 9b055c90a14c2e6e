package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import dev.weir.statistics.twosample.KolmogorovSmirnov;
import dev.weir.statistics.twosample.Wasserstein;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code weir drift} answers on two small files. */
class DriftCommandTest {
  private static final int ROWS = 400;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final double[][] amounts = new double[2][ROWS];

  @TempDir private Path directory;
  private Path reference;
  private Path current;

  @BeforeEach
  void twoFiles() throws IOException {
    reference = file(0);
    current = file(1);
  }

  /** In file 1 amounts are higher, shops go over to south, codes go missing, flat moves down. */
  private Path file(int which) throws IOException {
    SplittableRandom random = new SplittableRandom(7 + which);
    StringBuilder csv = new StringBuilder("id,at,amount,shop,code,same,flat\n");
    for (int i = 0; i < ROWS; i++) {
      amounts[which][i] = Math.rint(1e6 * (random.nextDouble() + which)) / 1e6;
      csv.append(
          String.format(
              Locale.ROOT,
              "id-%d-%d,2026-01-0%dT10:00:00,%s,%s,%s,%s,%s%n",
              which,
              i,
              1 + i % 9,
              amounts[which][i],
              random.nextInt(10) < 5 + 3 * which ? "south" : "north",
              random.nextInt(10) < 4 * which ? "" : Integer.toString(i % 3),
              random.nextDouble(),
              which == 0 ? 5.0 : 5.0 - random.nextDouble()));
    }
    return Files.writeString(directory.resolve("file" + which + ".csv"), csv);
  }

  private int run(Object... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "drift";
    for (int i = 0; i < more.length; i++) {
      arguments[i + 1] = more[i].toString();
    }
    return WeirCommand.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private JsonNode column(JsonNode found, String name) {
    for (JsonNode each : found.get("columns")) {
      if (each.get("column").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no column " + name);
  }

  @Test
  void eachColumnIsComparedByItsType() {
    assertThat(run("--reference", reference, "--current", current, "--json"))
        .isEqualTo(WeirCommand.FAIL);
    JsonNode found = Json.read(out.toString(), JsonNode.class);
    assertThat(found.get("drift").asBoolean()).isTrue();
    assertThat(column(found, "amount").at("/verdict").asText()).isEqualTo("drift");
    assertThat(column(found, "shop").at("/values/test").asText()).isEqualTo("chi-square");
    assertThat(column(found, "shop").at("/verdict").asText()).isEqualTo("drift");
    assertThat(column(found, "code").at("/values/isDrift").asBoolean()).isFalse();
    assertThat(column(found, "code").at("/missing/isDrift").asBoolean()).isTrue();
    assertThat(column(found, "same").at("/verdict").asText()).isEqualTo("no drift");
    assertThat(column(found, "at").at("/reason").asText()).contains("times are not compared");
    assertThat(found.get("family").asInt()).isEqualTo(7);
  }

  @Test
  void aConstantThatMovesDownHasDrifted() {
    run("--reference", reference, "--current", current, "--columns", "flat", "--json");
    JsonNode found = Json.read(out.toString(), JsonNode.class);
    assertThat(column(found, "flat").at("/verdict").asText()).isEqualTo("drift");
  }

  @Test
  void theFiguresAreThoseOfTheStatistics() {
    run("--reference", reference, "--current", current, "--columns", "amount", "--json");
    JsonNode values = column(Json.read(out.toString(), JsonNode.class), "amount").get("values");
    assertThat(values.get("pValue").asDouble())
        .isEqualTo(KolmogorovSmirnov.test(amounts[0], amounts[1]).pValue());
    assertThat(values.get("wasserstein").asDouble())
        .isCloseTo(Wasserstein.distance(amounts[0], amounts[1]), within(1e-12));
    assertThat(values.get("psiRule").asText()).startsWith("deciles of the reference");
  }

  @Test
  void theSameFileHasNotDrifted() {
    assertThat(run("--reference", reference, "--current", reference)).isZero();
    assertThat(out.toString()).contains("0 of 7 columns have drifted", "Kolmogorov-Smirnov");
  }

  @Test
  void aSmallEffectIsNegligible() throws IOException {
    StringBuilder one = new StringBuilder("x\n");
    StringBuilder other = new StringBuilder("x\n");
    for (int i = 0; i < 20_000; i++) {
      one.append(i).append('\n');
      other.append(i + 1_000).append('\n');
    }
    Path a = Files.writeString(directory.resolve("a.csv"), one);
    Path b = Files.writeString(directory.resolve("b.csv"), other);
    assertThat(run("--reference", a, "--current", b)).isZero();
    assertThat(out.toString()).contains("negligible");
    assertThat(run("--reference", a, "--current", b, "--floor", "0")).isEqualTo(WeirCommand.FAIL);
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    assertThat(run("--reference", reference, "--current", current, "--columns", "amout"))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString())
        .contains(reference.toString(), "no column 'amout'", "id, at, amount, shop");
  }

  @Test
  void aWordAmongNumbersIsNamedWithItsLine() throws IOException {
    String broken = Files.readString(current).replaceFirst("(id-1-1,[^,]*),[^,]*", "$1,many");
    Files.writeString(current, broken);
    assertThat(run("--reference", reference, "--current", current)).isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString())
        .contains(current + ":3: column amount has 'many'", "--type amount=category");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNoDrift() {
    assertThat(run("--reference", reference, "--current", "nowhere.csv"))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains("there is no file nowhere.csv");
  }

  @Test
  void aLevelOutOfRangeIsUsage() {
    assertThat(run("--reference", reference, "--current", current, "--level", "5"))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains("--level must be in (0, 1), was 5.0");
  }
}
