package dev.weir.app.cli;

import dev.weir.app.CompositionRoot;
import dev.weir.app.WritesToTerminal;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code weir} command. Quarkus starts only for commands that serve. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0-SNAPSHOT",
    description = "Retrains, audits and serves models from Kafka.",
    subcommands = {DemoCommand.class, UpCommand.class, VerifyCommand.class},
    footer = {
      "",
      "Examples:",
      "  weir demo --exit          one month of flights, then end",
      "  weir verify --ledger ledger.jsonl  check a hash chain",
      "",
      "Exit codes: 0 pass, 1 fail, 2 usage, 3 blocked by policy."
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
    System.exit(
        new CommandLine(new WeirCommand())
            .setExecutionExceptionHandler(WeirCommand::explain)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
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
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void run() {
    command.commandLine().usage(System.out);
  }
}
