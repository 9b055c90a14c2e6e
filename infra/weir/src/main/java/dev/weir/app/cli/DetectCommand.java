package dev.weir.app.cli;

import dev.weir.app.csv.CsvException;
import dev.weir.app.detect.Detection;
import dev.weir.app.detect.DetectionReport;
import dev.weir.contracts.serde.Json;
import dev.weir.statistics.drift.DetectorKind;
import dev.weir.statistics.drift.DetectorParameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code weir detect}: runs a drift detector over a column of a file. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a drift detector over one column of a CSV file and lists where it alarms.",
      "Rows are counted from 0. The file is read once, in the memory that its alarms need."
    },
    footer = {
      "",
      "Examples:",
      "  weir detect --detector adwin --input stream.csv",
      "  weir detect --detector ddm --input scored.csv --column mistake --time at --json",
      "  weir detect --detector kswin --input sensor.csv --column value \\",
      "      --set alpha=0.0001 --set windowSize=300",
      "  ... | weir detect --detector page-hinkley --input -",
      "",
      "Which detector when: docs/detectors.md.",
      "Exit codes: 0 no alarm, 1 alarms, 2 usage, or a file that cannot be watched."
    })
final class DetectCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  /** Detectors by the names they have elsewhere, too. */
  static final class Kind implements ITypeConverter<DetectorKind> {
    @Override
    public DetectorKind convert(String text) {
      for (DetectorKind each : DetectorKind.values()) {
        if (each.id().equalsIgnoreCase(text.replace('_', '-'))) {
          return each;
        }
      }
      throw new TypeConversionException(
          "there is no detector '" + text + "'; there are " + String.join(", ", new Ids()));
    }
  }

  /** The detectors' names, for help. */
  static final class Ids extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Ids() {
      super(Arrays.stream(DetectorKind.values()).map(DetectorKind::id).toList());
    }
  }

  @Option(
      names = "--detector",
      required = true,
      paramLabel = "NAME",
      converter = Kind.class,
      completionCandidates = Ids.class,
      description = "one of ${COMPLETION-CANDIDATES}")
  private DetectorKind kind = DetectorKind.ADWIN;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "a CSV file in UTF-8 with a header, or - for standard input")
  private String input = STANDARD_INPUT;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description = "the column to watch; default: the only one")
  private @Nullable String column;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "a column whose text is printed with each alarm")
  private @Nullable String time;

  @Option(
      names = "--set",
      paramLabel = "PARAMETER=VALUE",
      description = "a parameter of the detector; docs/detectors.md lists them")
  private Map<String, Double> settings = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of what kswin draws at random; default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    Detection detection = detection();
    try (InputStream in = open()) {
      Detection.Found found = detection.run(input, in, column, time);
      print(detection, found);
      return found.alarms().isEmpty() ? 0 : WeirCommand.FAIL;
    } catch (CsvException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return refuse("there is no file " + e.getMessage());
    }
  }

  private int refuse(String why) {
    line().getErr().println("weir: " + why);
    return WeirCommand.USAGE;
  }

  private Detection detection() {
    try {
      return new Detection(kind, settings, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), e.getMessage() + " (" + defaults() + ")", e);
    }
  }

  private String defaults() {
    List<String> parts = new ArrayList<>();
    for (DetectorParameter each : kind.parameters()) {
      parts.add(each.name() + "=" + each.text() + ", " + each.meaning());
    }
    return String.join("; ", parts);
  }

  private InputStream open() throws IOException {
    return input.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(input));
  }

  private void print(Detection detection, Detection.Found found) {
    PrintWriter out = line().getOut();
    if (isJson) {
      out.println(
          new String(Json.write(DetectionReport.toMap(detection, found)), StandardCharsets.UTF_8));
    } else {
      DetectionReport.toLines(detection, found).forEach(out::println);
    }
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
