package dev.weir.app.cli;

import dev.weir.app.scorecard.Scorecard;
import dev.weir.contracts.serde.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir bench detectors}: the scorecard of the drift detectors. */
@Command(
    name = "detectors",
    mixinStandardHelpOptions = true,
    description = {
      "Measures every drift detector on seeded streams: false alarms per 100,000 events where"
          + " nothing changes, median delay and missed changes where something does.",
      "Prints the tables of docs/detectors.md; the same seed prints the same."
    },
    footer = {
      "",
      "Examples:",
      "  weir bench detectors",
      "  weir bench detectors --seed 7 --json",
      "",
      "Exit codes: 0 measured, 1 failed, 2 usage."
    })
final class BenchDetectorsCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the streams; default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    PrintWriter out = command.commandLine().getOut();
    List<Scorecard.Line> lines = new Scorecard(seed).lines();
    if (isJson) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("seed", seed);
      map.put("scores", lines.stream().map(Scorecard.Line::toMap).toList());
      out.println(new String(Json.write(map), StandardCharsets.UTF_8));
    } else {
      Scorecard.markdown(lines).forEach(out::println);
    }
    return 0;
  }
}
