package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import dev.weir.model.table.NumericTable;
import dev.weir.testkit.golden.ShapCase;
import dev.weir.testkit.onnx.ChainGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code weir explain} on the golden networks as ONNX files, whose weights are float32. */
class ExplainCommandGoldenTest {
  private static final double FLOAT32 = 1e-5;

  @TempDir Path directory;
  private int outputs = 1;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static List<ShapCase> all() {
    return ShapCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMethodAgreesWithinItsErrors(ShapCase golden) throws IOException {
    write(golden);
    JsonNode exact = explain("exact");
    JsonNode gradients = explain("ig");
    JsonNode sampled = explain("permutation", "--standard-error", "0.01");
    int last = golden.outputs()[0].length - 1;

    assertThat(exact.get("method").asText()).isEqualTo("exact");
    assertThat(exact.get("computedFrom").asText()).isEqualTo("weights");
    assertThat(exact.get("features").get(0).asText()).isEqualTo("f0");
    assertThat(exact.get("baseValue").asDouble())
        .isCloseTo(golden.baseValue()[last], within(FLOAT32));
    assertThat(exact.get("rows")).hasSize(golden.rows().length);
    for (int i = 0; i < golden.rows().length; i++) {
      JsonNode row = exact.get("rows").get(i);
      double[] values = golden.values("exact_shapley", i, last);
      assertThat(numbers(row.get("values"))).containsExactly(values, within(FLOAT32));
      assertThat(row.get("standardErrors").isNull()).isTrue();
      assertThat(row.get("prediction").asDouble())
          .isCloseTo(golden.outputs()[i][last], within(FLOAT32));
      assertThat(row.get("additivityGap").asDouble()).isCloseTo(0, within(1e-12));
      assertThat(numbers(gradients.get("rows").get(i).get("values")))
          .containsExactly(golden.values("integrated_gradients(", i, last), within(FLOAT32));
      assertThat(numbers(sampled.get("rows").get(i).get("values")))
          .containsExactly(values, within(0.06));
      for (double error : numbers(sampled.get("rows").get(i).get("standardErrors"))) {
        assertThat(error).isLessThanOrEqualTo(0.01);
      }
    }
  }

  @Test
  void textNamesTheLargestContributionFirst() throws IOException {
    ShapCase golden = ShapCase.all().get(0);
    write(golden);
    assertThat(run("lime")).isZero();
    assertThat(out.toString().lines().toList().get(0)).startsWith("row 1: prediction ");
    assertThat(out.toString().lines()).hasSize(golden.rows().length * (1 + 6));
    assertThat(run("kernel")).isZero();
    assertThat(run("eg")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exact | 1,2,3,4,5,old   | has a header and no row | 1",
        "exact | 1,2,3           | rows.csv has 3 columns         | 1",
        "ig    | 1,2,3,4,5,6     | operator Erf Erf1 is not supported; supported are Gemm | 1",
        "magic | 1,2,3,4,5,6     | EXACT, PERMUTATION, KERNEL, IG, EG, LIME | 2"
      })
  void mistakesAreNamed(String method, String row, String hint, int code) throws IOException {
    Files.write(
        directory.resolve("model.onnx"),
        ChainGraph.from("features", 6)
            .gemm(new double[1][6], new double[1])
            .operator("Erf")
            .gemm(new double[1][1], new double[1])
            .onnx("probability", 1));
    Files.writeString(directory.resolve("background.csv"), "0,0,0,0,0,0\n1,1,1,1,1,1\n");
    Files.writeString(directory.resolve("rows.csv"), row + "\n");

    assertThat(run(method)).isEqualTo(code);

    assertThat(err.toString()).contains(hint);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anotherWidthThanTheModelsIsNamed() throws IOException {
    write(ShapCase.all().get(0));
    Files.writeString(directory.resolve("background.csv"), "1,2\n");
    Files.writeString(directory.resolve("rows.csv"), "1,2\n");
    assertThat(run("exact")).isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains("background has 2 columns").contains("takes 6 features");
  }

  private JsonNode explain(String method, String... more) throws IOException {
    String[] options =
        Stream.concat(
                Arrays.stream(more), Stream.of("--json", "--output", String.valueOf(outputs - 1)))
            .toArray(String[]::new);
    out.getBuffer().setLength(0);
    assertThat(run(method, options)).as(err.toString()).isZero();
    return Json.read(out.toString(), JsonNode.class);
  }

  private int run(String method, String... more) {
    String[] begin = {
      "explain",
      "--model",
      directory.resolve("model.onnx").toString(),
      "--background",
      directory.resolve("background.csv").toString(),
      "--rows",
      directory.resolve("rows.csv").toString(),
      "--method",
      method
    };
    String[] all = Arrays.copyOf(begin, begin.length + more.length);
    System.arraycopy(more, 0, all, begin.length, more.length);
    return WeirCommand.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private void write(ShapCase golden) throws IOException {
    int features = golden.rows()[0].length;
    outputs = golden.outputs()[0].length;
    ChainGraph chain = ChainGraph.from("features", features);
    for (ShapCase.Layer layer : golden.layers()) {
      chain.gemm(layer.weight(), layer.bias());
      String activation = layer.activation();
      if (!activation.equals("IDENTITY")) {
        chain.operator(activation.charAt(0) + activation.substring(1).toLowerCase(Locale.ROOT));
      }
    }
    List<String> names = IntStream.range(0, features).mapToObj(j -> "f" + j).toList();
    Files.write(directory.resolve("model.onnx"), chain.onnx("probability", outputs));
    Files.write(
        directory.resolve("background.csv"), NumericTable.of(names, golden.background()).toCsv());
    Files.write(directory.resolve("rows.csv"), NumericTable.of(names, golden.rows()).toCsv());
  }

  private static double[] numbers(JsonNode node) {
    return IntStream.range(0, node.size()).mapToDouble(j -> node.get(j).asDouble()).toArray();
  }
}
