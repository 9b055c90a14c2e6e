package dev.weir.app.cli;

import dev.weir.app.explain.ExplainMethod;
import dev.weir.app.explain.ExplainedModel;
import dev.weir.app.explain.Explanations;
import dev.weir.contracts.serde.Json;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Precision;
import dev.weir.model.table.NumericTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir explain}: explains rows of any tabular ONNX model, offline. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Explains what a tabular ONNX model makes of each row: one contribution per feature.",
    footer = {
      "",
      "Methods:",
      "  exact        Shapley values over all coalitions, up to 20 features",
      "  permutation  Shapley values by sampling, with a standard error each",
      "  kernel       Shapley values by weighted regression, with a standard error each",
      "  ig, eg       integrated and expected gradients, through the model's weights",
      "  lime         a linear model around the row",
      "",
      "Examples:",
      "  weir explain --model model.onnx --background background.csv --rows rows.csv",
      "  weir explain --model model.onnx --background background.csv --rows rows.csv"
          + " --method ig --json",
      "",
      "CSV: one column per feature, with or without a header; an empty cell is missing.",
      "Exit codes: 0 explained, 1 something cannot be read or explained, 2 usage."
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "an ONNX file")
  private Path model = Path.of("model.onnx");

  @Option(
      names = "--background",
      required = true,
      paramLabel = "CSV",
      description = "the rows that an absent feature is averaged over, some tens to hundreds")
  private Path background = Path.of("background.csv");

  @Option(names = "--rows", required = true, paramLabel = "CSV", description = "rows to explain")
  private Path rows = Path.of("rows.csv");

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "one of ${COMPLETION-CANDIDATES}, in any case; default: exact up to 14 features, then"
              + " permutation")
  private @Nullable ExplainMethod method;

  @Option(
      names = "--output",
      paramLabel = "INDEX",
      description = "which output, from 0; default: the second of two (the positive class), else 0")
  private int output = -1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of what is drawn at random; default: ${DEFAULT-VALUE}",
      defaultValue = "7")
  private long seed;

  @Option(
      names = "--standard-error",
      paramLabel = "X",
      description = "sample until every standard error is at most X; default: ${DEFAULT-VALUE}",
      defaultValue = "0.002")
  private double standardError;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      description = "the most evaluations per row when sampling; default: ${DEFAULT-VALUE}",
      defaultValue = "200000")
  private long evaluations;

  @Option(
      names = "--baseline",
      paramLabel = "BASELINE",
      description =
          "where ig begins: ${COMPLETION-CANDIDATES} (of the background); default:"
              + " ${DEFAULT-VALUE}",
      defaultValue = "ZERO")
  private ExplainMethod.Baseline baseline = ExplainMethod.Baseline.ZERO;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    ExplainMethod.Settings settings = new ExplainMethod.Settings(seed, precision(), baseline);
    NumericTable reference = NumericTable.read(background);
    NumericTable explained = NumericTable.read(rows).withColumnsOf(reference);
    byte[] onnx = Files.readAllBytes(model);
    Background averaged = Background.of(reference.rows());
    ExplainMethod chosen = method == null ? ExplainMethod.forFeatures(averaged.features()) : method;
    try (ExplainedModel opened = ExplainedModel.open(model.toString(), onnx, averaged)) {
      Explanations found =
          Explanations.of(
              opened,
              reference.names(),
              explained.rows(),
              output,
              chosen.explainer(opened, settings));
      print(found, chosen);
    }
    return 0;
  }

  private Precision precision() {
    if (!(standardError >= 0) || evaluations < 1 || output < -1) {
      throw new ParameterException(
          line(), "--standard-error must be >= 0, --evaluations >= 1 and --output >= 0");
    }
    return new Precision(standardError, evaluations);
  }

  private void print(Explanations found, ExplainMethod chosen) {
    PrintWriter out = line().getOut();
    if (isJson) {
      out.println(new String(Json.write(found.toMap(chosen, seed)), StandardCharsets.UTF_8));
    } else {
      found.toLines().forEach(out::println);
    }
    out.flush();
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
