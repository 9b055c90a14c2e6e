package dev.weir.app.cli;

import dev.weir.app.WritesToTerminal;
import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoReport;
import dev.weir.app.demo.DemoTable;
import dev.weir.app.driver.DriverClock;
import dev.weir.app.flights.FlightFile;
import dev.weir.app.replay.Story;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
      "  weir demo --exit --json  run and print one JSON object",
      "",
      "The sabotaged candidate's BLOCK is part of the script and no failure.",
      "Each run begins anew: it empties DIR/demo.",
      "",
      "Exit codes: 0 the replay was played to its end, 1 it failed, 2 usage,",
      "130 ended by Ctrl-C."
    })
@WritesToTerminal
final class DemoCommand implements Callable<Integer> {
  private static final String SPEC = "classpath:/flights/weir.yaml";
  private static final String POLICY = "classpath:/flights/policy.yaml";
  private static final int TABLE_INDENT = 13;
  private static final Pattern SEED = Pattern.compile("(?m)^(  seed: ).*$");

  @Mixin private StackOptions options = new StackOptions();

  @Option(names = "--exit", description = "end after the replay")
  private boolean isExit;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the trainings, to see what depends on it; default: that of the spec")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException {
    if (!isExit) {
      Http.requireFree(options.port());
    }
    return Session.onEmpty(options.dataDirectory().resolve("demo"), this::run);
  }

  private int run(Session session) throws IOException, InterruptedException {
    session.terminal().task("January 2014");
    if (!isJson) {
      session.terminal().line("Starts broker, registry and all roles in " + session.directory());
    }
    StackSettings settings =
        seeded(
            StackOptions.settings(
                session.directory(),
                SPEC,
                POLICY,
                new DriverClock(Demo.START),
                true,
                List.of(Demo.TAMPERED_TOPIC)));
    try (Stack stack = Stack.start(settings)) {
      if (isExit) {
        return session.ctrlC().interruptibly(() -> play(stack, session));
      }
      return Http.serve(stack, options.port(), () -> playAndStay(stack, session));
    }
  }

  private StackSettings seeded(StackSettings settings) {
    if (seed == null) {
      return settings;
    }
    String text = settings.spec().text();
    Matcher line = SEED.matcher(text);
    if (!line.find()) {
      throw new IllegalStateException(SPEC + " has no line with a seed");
    }
    return settings.withSpec(SpecReader.parse(SPEC, line.replaceFirst("$1" + seed)));
  }

  private int playAndStay(Stack stack, Session session) throws InterruptedException, IOException {
    int code = session.ctrlC().interruptibly(() -> play(stack, session));
    session
        .terminal()
        .line("Everything stays up at " + Http.address(options.port()) + "; Ctrl-C ends it.");
    return code;
  }

  private int play(Stack stack, Session session) throws InterruptedException, IOException {
    Story story = isJson ? Story.silent() : session.terminal();
    DemoReport report = new Demo(stack, FlightFile.read(), story).play();
    session.terminal().close();
    Path ledger = session.directory().resolve("ledger.jsonl");
    stack.exportLedger(ledger);
    if (isJson) {
      System.out.println(new String(Json.write(report), StandardCharsets.UTF_8));
    } else {
      Terminal.print(DemoTable.lines(report), TABLE_INDENT);
      Terminal.print(
          List.of(
              "Check the ledger yourself: ./weir verify --ledger " + ledger,
              "The log is " + session.log()),
          2);
    }
    return 0;
  }
}
