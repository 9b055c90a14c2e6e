package dev.weir.app.cli;

import dev.weir.app.CompositionRoot;
import dev.weir.app.WritesToTerminal;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.watermark.WatermarkRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir up}: all roles, free running, for one model. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts broker, registry and every role for one model, and serves it.",
    footer = {
      "",
      "Examples:",
      "  weir up --spec weir.yaml --policy policy.yaml",
      "  weir up --spec weir.yaml --policy policy.yaml --data-dir /srv/weir --port 9000",
      "",
      "What is in DIR/up is taken up again. A spec of a later version than the live one",
      "goes into shadow, and cuts over when a version trained by it is promoted.",
      "",
      "It runs until it is told to end.",
      "Exit codes: 1 it failed, 2 usage, 130 ended by Ctrl-C, 143 by a request to terminate."
    })
@WritesToTerminal
final class UpCommand implements Callable<Integer> {
  private static final String DIRECTORY = "up";
  private static final String ADDRESS = "bootstrap.servers";

  @Mixin private StackOptions options = new StackOptions();

  @Option(names = "--spec", required = true, paramLabel = "FILE", description = "the model's spec")
  private Path spec = Path.of("weir.yaml");

  @Option(names = "--policy", required = true, paramLabel = "FILE", description = "the policy")
  private Path policy = Path.of("policy.yaml");

  @Option(
      names = "--json",
      description = "print one JSON object on standard output once everything is up, nothing else")
  private boolean isJson;

  @Option(
      names = "--idle-after",
      paramLabel = "DURATION",
      description =
          "an input without a record for so long holds back event time no more; default:"
              + " ${DEFAULT-VALUE}",
      defaultValue = "PT1M")
  private Duration idleAfter = WatermarkRules.DEFAULT.idleAfter();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "partitions of the model's own topics, fixed when they are first created; default:"
              + " ${DEFAULT-VALUE}",
      defaultValue = "1")
  private int partitions = 1;

  @Override
  public Integer call() throws IOException {
    Path directory = options.dataDirectory().resolve(DIRECTORY);
    StackSettings settings = settings(directory);
    Http.requireFree(options.port());
    return Session.on(directory, session -> run(settings, session));
  }

  @CompositionRoot
  private StackSettings settings(Path directory) throws IOException {
    return StackOptions.settings(
            directory, spec.toString(), policy.toString(), Clock.systemUTC(), false, List.of())
        .withWatermark(WatermarkRules.DEFAULT.withIdleAfter(idleAfter))
        .withPartitions(partitions);
  }

  private int run(StackSettings settings, Session session)
      throws IOException, InterruptedException {
    Path address = settings.dataDirectory().resolve(ADDRESS);
    try (Stack stack = Stack.start(settings)) {
      Files.writeString(address, String.valueOf(stack.client().get("bootstrap.servers")));
      return Http.serve(stack, options.port(), () -> tell(stack, session));
    } finally {
      Files.deleteIfExists(address);
    }
  }

  /** Returns the file with the broker's address, which is there while the stack runs. */
  static Path addressFile(Path dataDirectory) {
    return dataDirectory.resolve(DIRECTORY).resolve(ADDRESS);
  }

  private static String specs(Stack stack) {
    return stack.specs().stream()
        .filter(each -> each.phase() != SpecGeneration.Phase.ENDED)
        .map(UpCommand::described)
        .collect(Collectors.joining("; "));
  }

  private static String described(SpecGeneration spec) {
    return String.format(
        Locale.ROOT,
        "%d (version %d): %s",
        spec.number(),
        spec.version(),
        spec.isInShadow() ? "in shadow" : spec.phase().name().toLowerCase(Locale.ROOT));
  }

  private int tell(Stack stack, Session session) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", stack.spec().model());
    facts.put("specs", specs(stack));
    facts.put("address", Http.address(options.port()));
    facts.put("bootstrapServers", stack.client().get("bootstrap.servers"));
    facts.put("dataDirectory", session.directory().toString());
    facts.put("log", session.log().toString());
    if (isJson) {
      System.out.println(new String(Json.write(facts), StandardCharsets.UTF_8));
    } else {
      facts.forEach((name, value) -> System.out.println(name + ": " + value));
      session.terminal().line("Everything is up; Ctrl-C ends it.");
    }
    return 0;
  }
}
