package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code weir detect} alarms where the detectors' origins do, river and scikit-multiflow. */
class DetectCommandGoldenTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int run(String... arguments) {
    return WeirCommand.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private Path stream(double[] values) throws IOException {
    StringBuilder csv = new StringBuilder("at,x,note\n");
    for (int i = 0; i < values.length; i++) {
      csv.append("t").append(i).append(',').append(values[i]).append(",\"a,\nb\"\n");
    }
    return Files.writeString(directory.resolve("stream.csv"), csv);
  }

  @ParameterizedTest
  @CsvSource({
    "adwin, adwin_river_delta_0.002",
    "adwin-scikit-multiflow, adwin_scikit_multiflow_delta_0.002",
    "page-hinkley, 'page_hinkley(min 30, delta .005, threshold 50, alpha .9999)'",
    "DDM, ddm",
    "eddm, eddm",
    "hddm_a, hddm_a",
    "hddm-w, hddm_w"
  })
  void alarmsAreTheGoldenOnes(String detector, String key) throws IOException {
    GoldenFile golden =
        GoldenFiles.in("drift", "a").stream()
            .filter(file -> file.json().has(key) && !file.json().get(key).isEmpty())
            .findFirst()
            .orElseThrow();
    Path file = stream(golden.csv().doubles("value"));
    assertThat(
            run(
                "detect",
                "--detector",
                detector,
                "--input",
                file.toString(),
                "--column",
                "x",
                "--time",
                "at",
                "--json"))
        .isEqualTo(WeirCommand.FAIL);
    JsonNode found = Json.read(out.toString(), JsonNode.class);
    List<Integer> indices = new ArrayList<>();
    for (JsonNode alarm : found.get("alarms")) {
      indices.add(alarm.get("index").asInt());
      assertThat(alarm.get("time").asText()).isEqualTo("t" + alarm.get("index").asInt());
    }
    List<Integer> expected = new ArrayList<>();
    golden.json().get(key).forEach(each -> expected.add(each.asInt()));
    assertThat(indices).isEqualTo(expected);
  }

  @Test
  void missingValuesAreLeftOutAndCounted() throws IOException {
    Path file = Files.writeString(directory.resolve("s.csv"), "x\n1\n\n0\nNaN\n");
    assertThat(run("detect", "--detector", "adwin", "--input", file.toString())).isZero();
    assertThat(out.toString()).contains("0 alarms");
  }

  @Test
  void aCellOfTheWrongKindIsNamedWithItsLine() throws IOException {
    Path file = Files.writeString(directory.resolve("s.csv"), "x\n1\n0.5\n");
    assertThat(run("detect", "--detector", "ddm", "--input", file.toString()))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains(file + ":3: column x has '0.5', ddm takes 0 or 1");
  }

  @Test
  void aDetectorOrParameterThatIsNotThereIsUsage() {
    assertThat(run("detect", "--detector", "adwn", "--input", "s.csv"))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains("there are adwin, adwin-scikit-multiflow");
    assertThat(run("detect", "--detector", "kswin", "--set", "alpah=1", "--input", "s.csv"))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains("no parameter 'alpah'", "recentSize=30");
  }

  @Test
  void oneOfSeveralColumnsMustBeChosen() throws IOException {
    Path file = stream(new double[] {1, 2});
    assertThat(run("detect", "--detector", "adwin", "--input", file.toString()))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains("at, x, note; choose one by --column");
  }
}
