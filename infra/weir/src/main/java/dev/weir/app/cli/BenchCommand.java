package dev.weir.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir bench}: measures parts of Weir. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures parts of Weir on seeded streams.",
    subcommands = {BenchDetectorsCommand.class, BenchPipelineCommand.class},
    footer = {
      "",
      "Example:",
      "  weir bench detectors",
      "  weir bench pipeline",
      "",
      "Takes --json where it says so. Exit codes: 0 measured, 1 failed, 2 usage."
    })
final class BenchCommand implements Runnable {
  @Spec private @Nullable CommandSpec command;

  @Override
  public void run() {
    if (command != null) {
      command.commandLine().usage(command.commandLine().getOut());
    }
  }
}
