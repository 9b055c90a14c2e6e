package dev.weir.app.cli;

import dev.weir.app.CompositionRoot;
import dev.weir.app.WritesToTerminal;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code weir} command. Quarkus starts only for commands that serve. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0-SNAPSHOT",
    description = "Retrains, audits and serves models from Kafka.",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      TrainCommand.class,
      VerifyCommand.class,
      AuditCommand.class,
      ExplainCommand.class,
      DeadLettersCommand.class,
      InitCommand.class,
      BacktestCommand.class,
      DriftCommand.class,
      DetectCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  weir demo --exit                               one month of flights, then end",
      "  weir up --spec weir.yaml --policy policy.yaml  your own topics",
      "  weir train claims --reason TEXT                orders a training",
      "  weir init --data history.csv                   a first spec from your data",
      "  weir backtest --spec weir.yaml --data h.csv    how it would have gone",
      "  weir verify --ledger ledger.jsonl              check a hash chain, offline",
      "  weir audit table --help                        audit any table of predictions",
      "  weir explain --help                            say why a model said so",
      "  weir drift --reference a.csv --current b.csv   which columns changed",
      "  weir detect --detector adwin --input s.csv     when a stream changed",
      "  weir dead-letters --help                       what could not be used, and its way back",
      "",
      "Each command takes --json and --help.",
      "Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 130 ended by Ctrl-C."
    })
@QuarkusMain
@CompositionRoot
@WritesToTerminal
public final class WeirCommand implements Runnable {
  static final int FAIL = 1;
  static final int USAGE = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec command;

  /** Creates the command, for picocli. */
  @SuppressWarnings("NullAway.Init")
  public WeirCommand() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(line().execute(args));
  }

  /** Returns the parser; it starts nothing. */
  static CommandLine line() {
    return new CommandLine(new WeirCommand())
        .setParameterExceptionHandler(WeirCommand::correct)
        .setExecutionExceptionHandler(WeirCommand::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The mistake, what may have been meant, and where to read on: three lines, not a page. */
  private static int correct(CommandLine.ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("weir: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    Throwable cause = e;
    line.getErr().println("weir: " + describe(cause));
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
      line.getErr().println("  because: " + describe(cause));
    }
    return FAIL;
  }

  private static String describe(Throwable e) {
    if (e instanceof NoSuchFileException) {
      return "there is no file " + e.getMessage();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
