package dev.weir.app.cli;

import dev.weir.app.WritesToTerminal;
import dev.weir.app.backtest.Backtest;
import dev.weir.app.backtest.BacktestReport;
import dev.weir.app.backtest.BacktestTable;
import dev.weir.app.backtest.Question;
import dev.weir.app.backtest.Replay;
import dev.weir.app.csv.CsvException;
import dev.weir.app.replay.Story;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir backtest}: a file of the past through the whole loop. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays a CSV file through the same topologies, trainer, auditor and rollout that run live,"
          + " in event time, and says how good the decisions were: each row is predicted before"
          + " its label is known.",
      "Two runs give the same output, seconds and joules apart."
    },
    footer = {
      "",
      "Examples:",
      "  weir backtest --spec weir.yaml --data history.csv",
      "  weir backtest --spec weir.yaml --data history.csv --json > report.json",
      "  weir backtest --spec adult/weir.yaml --data adult.csv --positive '>50K'",
      "  weir backtest --spec flights/weir.yaml --data flights.csv \\",
      "      --time FlightDate=yyyy-MM-dd --time CRSDepTime=HHmm --labels-after PT8H",
      "",
      "What the file does not say is assumed, and told: ids are row numbers, times go in even",
      "steps, a label is known just before the next row.",
      "",
      "Exit codes: 0 played to its end, 1 it failed or the file cannot be used, 2 usage,",
      "3 the policy let no version serve, 130 ended by Ctrl-C."
    })
@WritesToTerminal
final class BacktestCommand implements Callable<Integer> {
  private static final int BLOCKED = 3;

  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  @Option(names = "--spec", required = true, paramLabel = "FILE", description = "the model's spec")
  private Path spec = Path.of("weir.yaml");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "a CSV file in UTF-8 with a header; the spec's fields are its columns")
  private Path data = Path.of("data.csv");

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "the policy; default: policy.yaml beside the spec")
  private @Nullable Path policy;

  @Option(
      names = "--positive",
      paramLabel = "WORD",
      description = "the label that means 1, where labels are words")
  private @Nullable String positive;

  @Option(
      names = "--time",
      paramLabel = "COLUMN=PATTERN",
      description = {
        "a column that holds the event time, or with others a part of it, in UTC; letters as in"
            + " yyyy-MM-dd HH:mm. Default: the spec's column, in ISO-8601 or epoch milliseconds"
      })
  private Map<String, String> time = new LinkedHashMap<>();

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "time of the first row where no column has times; default: ${DEFAULT-VALUE}",
      defaultValue = "2000-01-01T00:00:00Z")
  private Instant start = Question.START;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      description = "time between rows where no column has times; default: ${DEFAULT-VALUE}",
      defaultValue = "PT1M")
  private Duration step = Question.STEP;

  @Option(
      names = "--labels-after",
      paramLabel = "DURATION",
      description =
          "how long after its event a label is known; default: the spec's column of label times or,"
              + " where the file has none, just before the next row")
  private @Nullable Duration labelsAfter;

  @Option(
      names = "--tick",
      paramLabel = "DURATION",
      description = "shortest time between two decisions of the loop; default: the spec's")
  private @Nullable Duration tick;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "keep topics, models and log in DIR/backtest; default: nothing is kept")
  private @Nullable Path dataDirectory;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    Backtest backtest;
    try {
      backtest = backtest();
    } catch (CsvException e) {
      line().getErr().println("weir: " + e.getMessage());
      return WeirCommand.FAIL;
    }
    backtest.assumptions().forEach(each -> line().getErr().println("weir: " + each));
    if (dataDirectory != null) {
      return Session.onEmpty(dataDirectory.resolve("backtest"), s -> run(backtest, s));
    }
    Path parent = Files.createTempDirectory("weir-backtest-");
    int code = Session.on(parent.resolve("backtest"), s -> run(backtest, s));
    delete(parent);
    return code;
  }

  private Backtest backtest() throws IOException {
    ModelSpec model = SpecReader.read(spec);
    Path gates = policy == null ? spec.resolveSibling("policy.yaml") : policy;
    try {
      return Backtest.of(
          model,
          StackOptions.parsePolicy(gates.toString()),
          tick == null ? model.events().tick() : tick,
          new Question(data, positive, time, start, step, labelsAfter));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), String.valueOf(e.getMessage()), e);
    }
  }

  private int run(Backtest backtest, Session session) throws IOException, InterruptedException {
    session.terminal().task(String.valueOf(data.getFileName()));
    Story story = isJson ? quiet(session.terminal()) : session.terminal();
    try (Replay replay = backtest.start(session.directory(), StackOptions.childClassPath())) {
      return session.ctrlC().interruptibly(() -> play(replay, session, story));
    }
  }

  private int play(Replay replay, Session session, Story story) throws InterruptedException {
    BacktestReport report = replay.play(story);
    session.terminal().close();
    if (isJson) {
      System.out.println(new String(Json.write(report), StandardCharsets.UTF_8));
    } else {
      Terminal.print(BacktestTable.lines(report), 2);
    }
    return report.versions().isEmpty() || report.hasServed() ? 0 : BLOCKED;
  }

  /** The bar only: what happens is in the object. */
  private static Story quiet(Terminal terminal) {
    return new Story() {
      @Override
      public void tell(Instant eventTime, String sentence) {
        // it is in the report
      }

      @Override
      public void progress(long done, long all, Instant eventTime) {
        terminal.progress(done, all, eventTime);
      }
    };
  }

  private static void delete(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
