package dev.weir.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir dead-letters}: what could not be used, and its way back. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and replays the records that could not be used.",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  weir dead-letters list --model claims",
      "  weir dead-letters show --model claims 0-17",
      "  weir dead-letters replay --model claims --reason WRONG_TYPE --dry-run",
      "",
      "Each takes --json. Exit codes: 0 done, 1 failed, 2 usage."
    })
final class DeadLettersCommand implements Runnable {
  @Spec private @Nullable CommandSpec command;

  @Override
  public void run() {
    if (command != null) {
      command.commandLine().usage(command.commandLine().getOut());
    }
  }
}
