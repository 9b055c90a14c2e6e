package dev.weir.app.cli;

import dev.weir.app.WritesToTerminal;
import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoReport;
import dev.weir.app.demo.DemoTable;
import dev.weir.app.demo.Story;
import dev.weir.app.driver.DriverClock;
import dev.weir.app.flights.FlightFile;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir demo}: one month of flights through the whole loop. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Replays January 2014 of US flights: a model is trained, audited, promoted,",
      "overtaken by drift, retrained and replaced; a sabotaged candidate is blocked."
    },
    footer = {
      "",
      "Examples:",
      "  weir demo                run, then keep everything up at http://127.0.0.1:8080",
      "  weir demo --exit --json  run and print one JSON object"
    })
@WritesToTerminal
final class DemoCommand implements Callable<Integer> {
  private static final String SPEC = "classpath:/flights/weir.yaml";
  private static final String POLICY = "classpath:/flights/policy.yaml";

  @Mixin private StackOptions options = new StackOptions();

  @Option(names = "--exit", description = "end after the replay")
  private boolean isExit;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    Path directory = options.dataDirectory().resolve("demo");
    Fresh.empty(directory);
    DriverClock clock = new DriverClock(Demo.START);
    StackSettings settings =
        StackOptions.settings(directory, SPEC, POLICY, clock, true, List.of(Demo.TAMPERED_TOPIC));
    try (Terminal terminal = Terminal.standardError();
        Stack stack = Stack.start(settings)) {
      if (isExit) {
        return play(stack, terminal);
      }
      return Http.serve(stack, options.port(), () -> playAndStay(stack, terminal));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return WeirCommand.FAIL;
    }
  }

  private int playAndStay(Stack stack, Terminal terminal) throws InterruptedException, IOException {
    int code = play(stack, terminal);
    terminal.line(
        "Everything stays up at http://127.0.0.1:" + options.port() + "; Ctrl-C ends it.");
    return code;
  }

  private int play(Stack stack, Terminal terminal) throws InterruptedException, IOException {
    Story story = isJson ? Story.silent() : terminal;
    DemoReport report = new Demo(stack, FlightFile.read(), story).play();
    terminal.close();
    Path ledger = options.dataDirectory().resolve("demo").resolve("ledger.jsonl");
    stack.exportLedger(ledger);
    if (isJson) {
      System.out.println(new String(Json.write(report), StandardCharsets.UTF_8));
    } else {
      DemoTable.lines(report).forEach(System.out::println);
      System.out.println("Check the ledger yourself: ./weir verify --ledger " + ledger);
    }
    return 0;
  }

  /** A demo begins with an empty directory: it replays the past. */
  private static final class Fresh {
    static void empty(Path directory) throws IOException {
      if (!Files.exists(directory)) {
        return;
      }
      if (!Files.exists(directory.resolve("broker"))) {
        throw new IOException(directory + " exists and is no data directory of Weir; name another");
      }
      try (var all = Files.walk(directory)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
