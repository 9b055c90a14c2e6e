package dev.weir.app.cli;

import dev.weir.auditor.table.PredictionTable;
import dev.weir.auditor.table.TableAudit;
import dev.weir.auditor.table.TableException;
import dev.weir.auditor.table.TableHtml;
import dev.weir.auditor.table.TableJson;
import dev.weir.auditor.table.TableReport;
import dev.weir.auditor.table.TableRequest;
import dev.weir.auditor.table.TableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

/** {@code weir audit table}: rates of groups with intervals, from a CSV file. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Audits a table of predictions: every rate of every group, their differences and ratios, the"
          + " impact ratios of New York City's Local Law 144, all with 95 %% intervals.",
      "Labels and decisions are 0 and 1, or words with --positive. With other numbers in both, the"
          + " errors of a regression are audited."
    },
    footer = {
      "",
      "Examples:",
      "  weir audit table --data scored.csv --label y --prediction decision --group sex,race",
      "  weir audit table --data scored.csv --label income --positive '>50K' --score p \\",
      "      --threshold 0.5 --group sex --reference Male --json",
      "",
      "Exit codes: 0 audited, 1 the data cannot be audited, 2 usage."
    })
final class AuditTableCommand implements Callable<Integer> {
  private static final int ALL = 16;

  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec command;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "a CSV file in UTF-8, with a header")
  private @Nullable Path data;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "what came true; an empty cell is an outcome that nobody saw")
  private @Nullable String label;

  @Option(names = "--prediction", paramLabel = "COLUMN", description = "what was decided")
  private @Nullable String prediction;

  @Option(
      names = "--score",
      paramLabel = "COLUMN",
      description = "the probability, for AUC and calibration")
  private @Nullable String score;

  @Option(
      names = "--threshold",
      paramLabel = "NUMBER",
      description = "without --prediction: a score of at least this is decided as 1")
  private @Nullable Double threshold;

  @Option(
      names = "--group",
      required = true,
      split = ",",
      paramLabel = "COLUMN",
      description = "protected attributes; several are intersected, too")
  private List<String> groups = List.of();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "how many attributes are intersected at most (all of them)")
  private int depth = ALL;

  @Option(names = "--weight", paramLabel = "COLUMN", description = "sample weights, >= 0")
  private @Nullable String weight;

  @Option(
      names = "--positive",
      paramLabel = "WORD",
      description = "the favourable label and decision, where they are words")
  private @Nullable String positive;

  @Option(
      names = "--reference",
      paramLabel = "[COLUMN=]GROUP",
      description = "the group to compare with (the largest)")
  private List<String> references = List.of();

  @Option(
      names = "--declared",
      paramLabel = "COLUMN=A|B",
      description = "groups that are shown even without rows")
  private List<String> declared = List.of();

  @Option(
      names = "--alike",
      split = ",",
      paramLabel = "COLUMN",
      description = "numbers by which rows are alike, for the consistency of decisions")
  private List<String> alike = List.of();

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write a page that needs nothing else, and print no text")
  private @Nullable Path html;

  @Override
  public Integer call() throws IOException {
    if (data == null) {
      throw usage("name the file by --data");
    }
    TableRequest request = request();
    try {
      TableReport report = TableAudit.of(PredictionTable.read(data, request), request);
      print(report, String.valueOf(data.getFileName()));
      return 0;
    } catch (TableException e) {
      line().getErr().println("weir: " + data + ": " + e.getMessage());
      return WeirCommand.FAIL;
    }
  }

  private void print(TableReport report, String name) throws IOException {
    report.warnings().forEach(warning -> line().getErr().println("weir: " + warning));
    if (html != null) {
      Files.writeString(html, TableHtml.of(report, name));
    }
    if (isJson) {
      line().getOut().println(TableJson.of(report));
    } else if (html == null) {
      TableText.of(report).forEach(line().getOut()::println);
    }
  }

  private TableRequest request() {
    if (label == null) {
      throw usage("name the column of the labels by --label");
    }
    try {
      return new TableRequest(
          label,
          prediction,
          score,
          weight,
          groups,
          positive,
          threshold,
          references(),
          declared(),
          depth,
          alike);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** A reference without a column is one of the only attribute. */
  private Map<String, String> references() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String each : references) {
      int at = each.indexOf('=');
      boolean isNamed = at > 0 && isAttribute(each.substring(0, at));
      if (!isNamed && groups.size() > 1) {
        throw usage("with several attributes a --reference is COLUMN=GROUP, was " + each);
      }
      all.put(
          isNamed ? each.substring(0, at) : groups.get(0), isNamed ? each.substring(at + 1) : each);
    }
    return all;
  }

  private boolean isAttribute(String name) {
    return groups.containsAll(Arrays.asList(name.split("&", -1)));
  }

  private Map<String, List<String>> declared() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String each : declared) {
      int at = each.indexOf('=');
      if (at < 1 || !groups.contains(each.substring(0, at))) {
        throw usage(
            "--declared is COLUMN=A|B with one of the columns "
                + String.join(", ", groups)
                + ", was "
                + each);
      }
      all.put(each.substring(0, at), List.of(each.substring(at + 1).split("\\|", -1)));
    }
    return all;
  }

  private ParameterException usage(String message) {
    return new ParameterException(line(), message);
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
