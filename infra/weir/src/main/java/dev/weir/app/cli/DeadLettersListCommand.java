package dev.weir.app.cli;

import dev.weir.app.deadletter.DeadLetters;
import dev.weir.app.deadletter.Letter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir dead-letters list}: what lies there, and how many by reason. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists dead letters: id, time, reason, origin (topic-partition-offset), message.",
    footer = {
      "",
      "Examples:",
      "  weir dead-letters list --model claims",
      "  weir dead-letters list --model claims --reason WRONG_TYPE,MISSING_FIELD --json",
      "",
      "Exit codes: 0 listed, 1 the broker or the topic cannot be read, 2 usage."
    })
final class DeadLettersListCommand implements Callable<Integer> {
  @Mixin private DeadLettersOptions options = new DeadLettersOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "list the first N, count all; default: ${DEFAULT-VALUE}",
      defaultValue = "1000")
  private int limit;

  private final Map<String, Integer> byReason = new TreeMap<>();
  private final List<Map<String, Object>> listed = new ArrayList<>();
  private int total;

  @Override
  public Integer call() throws IOException {
    new DeadLetters(options.client(), options.names(), options.topic()).forEach(this::take);
    if (options.isJson()) {
      options.printJson(Map.of("total", total, "byReason", byReason, "letters", listed));
    } else {
      listed.forEach(
          letter ->
              options.print(
                  letter.get("id")
                      + "  "
                      + letter.get("time")
                      + "  "
                      + letter.get("reason")
                      + "  "
                      + letter.get("origin")
                      + "  "
                      + letter.get("message")));
      options.print(total + " dead letters " + byReason);
    }
    return 0;
  }

  private void take(Letter letter) {
    if (options.isAsked(letter)) {
      total++;
      byReason.merge(letter.reason(), 1, Integer::sum);
      if (listed.size() < limit) {
        listed.add(DeadLettersOptions.summary(letter));
      }
    }
  }
}
