package dev.weir.app.cli;

import dev.weir.app.deadletter.Letter;
import dev.weir.app.deadletter.Replay;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir dead-letters replay}: sends letters back to their topics, each at most once. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Sends dead letters back to the topics they came from, each at most once.",
    footer = {
      "",
      "Examples:",
      "  weir dead-letters replay --model claims --reason WRONG_TYPE --dry-run",
      "  weir dead-letters replay --model claims --reason WRONG_TYPE",
      "  weir dead-letters replay --model claims 0-17 0-21",
      "",
      "A run that was killed can be run again. A copy that fails again becomes a letter of its"
          + " own,",
      "which only --again sends once more. A value that was cut cannot be replayed.",
      "Exit codes: 0 done, also where nothing was left to do, 1 failed, 2 usage."
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  @Mixin private DeadLettersOptions options = new DeadLettersOptions();

  @Parameters(arity = "0..*", paramLabel = "ID", description = "only these; default: all")
  private List<String> ids = List.of();

  @Option(names = "--dry-run", description = "say what would be sent, send nothing")
  private boolean isDry;

  @Option(names = "--again", description = "send copies that failed again, too")
  private boolean isAgain;

  @Override
  public Integer call() throws IOException {
    Map<Replay.Outcome, Integer> counts;
    try (Replay replay = new Replay(options.client(), options.names(), options.topic())) {
      counts = replay.run(new Replay.Order(this::isAsked, isAgain, isDry), this::tell);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("dryRun", isDry);
    for (Replay.Outcome outcome : Replay.Outcome.values()) {
      facts.put(key(outcome), counts.getOrDefault(outcome, 0));
    }
    if (options.isJson()) {
      options.printJson(facts);
    } else {
      facts.forEach((name, value) -> options.print(name + ": " + value));
    }
    return 0;
  }

  private boolean isAsked(Letter letter) {
    return options.isAsked(letter) && (ids.isEmpty() || ids.contains(letter.id()));
  }

  private void tell(Letter letter, Replay.Outcome outcome) {
    if (!options.isJson()) {
      options.print(letter.id() + "  " + letter.origin() + "  " + DeadLettersOptions.name(outcome));
    }
  }

  private static String key(Replay.Outcome outcome) {
    return switch (outcome) {
      case REPLAYED -> "replayed";
      case ALREADY_REPLAYED -> "alreadyReplayed";
      case FAILED_AGAIN -> "failedAgain";
      case CUT -> "cut";
      case WITHOUT_ORIGIN -> "withoutOrigin";
    };
  }
}
