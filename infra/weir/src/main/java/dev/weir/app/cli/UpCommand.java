package dev.weir.app.cli;

import dev.weir.app.CompositionRoot;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir up}: all roles, free running, for one model. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts broker, registry and every role for one model, and serves it.",
    footer = {"", "Example:", "  weir up --spec weir.yaml --policy policy.yaml"})
final class UpCommand implements Callable<Integer> {
  @Mixin private StackOptions options = new StackOptions();

  @Option(names = "--spec", required = true, paramLabel = "FILE", description = "the model's spec")
  private Path spec = Path.of("weir.yaml");

  @Option(names = "--policy", required = true, paramLabel = "FILE", description = "the policy")
  private Path policy = Path.of("policy.yaml");

  @Override
  @CompositionRoot
  public Integer call() throws IOException, InterruptedException {
    StackSettings settings =
        StackOptions.settings(
            options.dataDirectory().resolve("up"),
            spec.toString(),
            policy.toString(),
            Clock.systemUTC(),
            false,
            List.of());
    try (Stack stack = Stack.start(settings)) {
      return Http.serve(stack, options.port(), () -> 0);
    }
  }
}
