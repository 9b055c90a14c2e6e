package dev.weir.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir audit}: audits without broker, registry and stack. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Audits what is in a file, offline.",
    subcommands = AuditTableCommand.class,
    footer = {
      "",
      "Example:",
      "  weir audit table --data scored.csv --label y --prediction decision --group sex,race",
      "",
      "Takes --json where it says so. Exit codes: 0 done, 1 the data cannot be audited, 2 usage."
    })
final class AuditCommand implements Runnable {
  @Spec private @Nullable CommandSpec command;

  @Override
  public void run() {
    if (command != null) {
      command.commandLine().usage(command.commandLine().getOut());
    }
  }
}
