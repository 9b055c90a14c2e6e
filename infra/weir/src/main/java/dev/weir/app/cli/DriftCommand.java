package dev.weir.app.cli;

import dev.weir.app.csv.CsvException;
import dev.weir.app.drift.ColumnType;
import dev.weir.app.drift.DriftReport;
import dev.weir.app.drift.DriftRequest;
import dev.weir.app.drift.FileComparison;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir drift}: compares the columns of two files. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says which columns of one CSV file are distributed otherwise than in another.",
      "Numbers: Kolmogorov-Smirnov; categories, and numbers with at most 10 values: chi-square."
          + " p-values are adjusted by Benjamini and Hochberg over all tests of the run, and a"
          + " column has drifted only where the effect is large enough to matter."
    },
    footer = {
      "",
      "Examples:",
      "  weir drift --reference january.csv --current february.csv",
      "  weir drift --reference a.csv --current b.csv --columns age,income --json",
      "  weir drift --reference a.csv --current b.csv --type zip=category --floor 0.25",
      "",
      "Exit codes: 0 no drift, 1 drift, 2 usage, or files that cannot be compared."
    })
final class DriftCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "FILE",
      description = "a CSV file in UTF-8 with a header: how it should be")
  private Path reference = Path.of("reference.csv");

  @Option(
      names = "--current",
      required = true,
      paramLabel = "FILE",
      description = "a CSV file with the same columns: how it is now")
  private Path current = Path.of("current.csv");

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns to compare; default: all that both files have")
  private List<String> columns = List.of();

  @Option(
      names = "--type",
      paramLabel = "COLUMN=TYPE",
      description = "how a column is compared: number, category; time and text are not")
  private Map<String, ColumnType> types = new LinkedHashMap<>();

  @Option(
      names = "--level",
      paramLabel = "ALPHA",
      description = "false discovery rate; default: ${DEFAULT-VALUE}",
      defaultValue = "0.05")
  private double level;

  @Option(
      names = "--floor",
      paramLabel = "PSI",
      description =
          "population stability index beyond what chance gives, from which a significant difference"
              + " is drift; default: ${DEFAULT-VALUE}",
      defaultValue = "0.1")
  private double floor;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    DriftRequest request = request();
    try {
      FileComparison found = FileComparison.of(request);
      print(found, request);
      return found.isDrift() ? WeirCommand.FAIL : 0;
    } catch (CsvException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return refuse("there is no file " + e.getMessage());
    }
  }

  /** A file that cannot be read must not look like drift to a script. */
  private int refuse(String why) {
    line().getErr().println("weir: " + why);
    return WeirCommand.USAGE;
  }

  private DriftRequest request() {
    try {
      return new DriftRequest(reference, current, columns, types, level, floor);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(FileComparison found, DriftRequest request) {
    PrintWriter err = line().getErr();
    if (!found.onlyInReference().isEmpty()) {
      err.println("weir: not in " + current + ": " + String.join(", ", found.onlyInReference()));
    }
    if (!found.onlyInCurrent().isEmpty()) {
      err.println("weir: not in " + reference + ": " + String.join(", ", found.onlyInCurrent()));
    }
    PrintWriter out = line().getOut();
    if (isJson) {
      out.println(
          new String(Json.write(DriftReport.toMap(found, request)), StandardCharsets.UTF_8));
    } else {
      DriftReport.toLines(found, request).forEach(out::println);
    }
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
