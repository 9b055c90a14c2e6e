package dev.weir.app.cli;

import dev.weir.app.CompositionRoot;
import dev.weir.app.bench.BenchRun;
import dev.weir.app.bench.BenchTable;
import dev.weir.app.bench.PipelineBench;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir bench pipeline}: what an event costs. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the pipeline (ingest, join, monitors; JSON in two topics) on a broker in this"
          + " process, beside plain clients and an exactly-once pass-through over the same"
          + " records.",
      "An event is a features record and, mostly, its label. Prints events per second, CPU time of"
          + " the process and of each side's own threads, and the ratios to the pass-through."
    },
    footer = {
      "",
      "Examples:",
      "  weir bench pipeline                                   some 4 minutes on two cores",
      "  weir bench pipeline --events 100000 --partitions 1    a short one",
      "  weir bench pipeline --events 10000000 --json          takes some 16 GB of disk",
      "",
      "Each combination of --events and --partitions is run --repeat times, after one run of"
          + " --warm-up events. It empties DIR/bench and leaves nothing but its log there.",
      "",
      "Exit codes: 0 measured, 1 failed or miscounted, 2 usage, 130 ended by Ctrl-C."
    })
final class BenchPipelineCommand implements Callable<Integer> {
  /**
   * Reports an error for each batch that overtakes the first one of its transaction. Its producer
   * sends it again; what would be lost all the same would be missed in the counters.
   */
  private static final String OVERTAKING = "kafka.server.ReplicaManager";

  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  @Option(
      names = "--events",
      split = ",",
      paramLabel = "N",
      description = "how many events, one or more numbers; default: ${DEFAULT-VALUE}",
      defaultValue = "100000,500000")
  private List<Long> events = List.of();

  @Option(
      names = "--partitions",
      split = ",",
      paramLabel = "P",
      description = "partitions of the topics, one or more numbers; default: ${DEFAULT-VALUE}",
      defaultValue = "1,8")
  private List<Integer> partitions = List.of();

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "events of a first run that is not reported, 0 for none; default: ${DEFAULT-VALUE}",
      defaultValue = "100000")
  private long warmUp;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "how often each is run; default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private int repeat;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the streams; default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where broker and state are kept meanwhile; default: ${DEFAULT-VALUE}",
      defaultValue = "weir-data")
  private Path dataDirectory = Path.of("weir-data");

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    requirePositive();
    return Session.onEmpty(
        dataDirectory.resolve("bench"),
        session -> session.ctrlC().interruptibly(() -> run(session)));
  }

  private void requirePositive() {
    if (events.stream().anyMatch(n -> n < 1)
        || partitions.stream().anyMatch(n -> n < 1)
        || repeat < 1
        || warmUp < 0) {
      throw new ParameterException(
          command().commandLine(), "--events, --partitions, --repeat must be > 0, --warm-up >= 0");
    }
  }

  @CompositionRoot
  private int run(Session session) throws InterruptedException {
    LogFile.mute(OVERTAKING);
    PrintWriter out = command().commandLine().getOut();
    List<Map<String, Object>> runs = new ArrayList<>();
    try (PipelineBench bench = new PipelineBench(session.directory(), seed, Clock.systemUTC())) {
      if (warmUp > 0) {
        bench.run(warmUp, partitions.get(0));
      }
      print(out, BenchTable.head());
      for (int partition : partitions) {
        for (long count : events) {
          for (int n = 0; n < repeat; n++) {
            BenchRun run = bench.run(count, partition);
            runs.add(run.toMap());
            print(out, BenchTable.lines(run));
            session.terminal().line(BenchTable.recovery(run));
          }
        }
      }
    }
    if (isJson) {
      Map<String, Object> all = Map.of("seed", seed, "runs", runs);
      out.println(new String(Json.write(all), StandardCharsets.UTF_8));
    }
    return 0;
  }

  private void print(PrintWriter out, List<String> lines) {
    if (!isJson) {
      lines.forEach(out::println);
      out.flush();
    }
  }

  private CommandLine.Model.CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command;
  }
}
