package dev.weir.app.cli;

import dev.weir.app.csv.CsvException;
import dev.weir.app.init.Choice;
import dev.weir.app.init.Draft;
import dev.weir.app.init.InitException;
import dev.weir.app.init.Sample;
import dev.weir.app.init.TopicDraft;
import dev.weir.app.init.TopicReader;
import dev.weir.app.init.TopicSample;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir init}: a first spec and policy from data that is there. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at a CSV file, or at a topic of events and one of labels, and writes a commented"
          + " weir.yaml and a policy.yaml that run as they are.",
      "What it guesses it says: id, time, label, protected groups, columns that look as if they"
          + " were known only afterwards. Nothing that is there is overwritten without --force."
    },
    footer = {
      "",
      "Examples:",
      "  weir init --data history.csv",
      "  weir init --data adult.csv --label income --positive '>50K' --group sex,race",
      "  weir init --features shop.orders --labels shop.returns \\",
      "      --bootstrap-servers localhost:9092 --output returns/weir.yaml",
      "",
      "Then: weir backtest --spec weir.yaml --data history.csv",
      "Exit codes: 0 written, 1 nothing can be made of the data, 2 usage."
    })
final class InitCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 63;

  @Spec private CommandLine.Model.@Nullable CommandSpec command;

  @Option(names = "--data", paramLabel = "FILE", description = "a CSV file in UTF-8 with a header")
  private @Nullable Path data;

  @Option(names = "--features", paramLabel = "TOPIC", description = "the topic of events, JSON")
  private @Nullable String features;

  @Option(names = "--labels", paramLabel = "TOPIC", description = "the topic of labels, JSON")
  private @Nullable String labels;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "the broker of the topics; default: ${DEFAULT-VALUE}",
      defaultValue = "localhost:9092")
  private String bootstrapServers = "localhost:9092";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "where the spec goes, the policy beside it; default: ${DEFAULT-VALUE}",
      defaultValue = "weir.yaml")
  private Path output = Path.of("weir.yaml");

  @Option(names = "--model", paramLabel = "NAME", description = "default: the name of the data")
  private @Nullable String model;

  @Option(names = "--label", paramLabel = "COLUMN", description = "what is to be predicted")
  private @Nullable String label;

  @Option(
      names = "--positive",
      paramLabel = "WORD",
      description = "the label that means 1, where labels are words")
  private @Nullable String positive;

  @Option(names = "--id", paramLabel = "COLUMN", description = "the event's id")
  private @Nullable String id;

  @Option(names = "--time", paramLabel = "COLUMN", description = "the event's time")
  private @Nullable String time;

  @Option(
      names = "--group",
      split = ",",
      paramLabel = "COLUMN",
      description = "protected attributes; default: those that are named like one")
  private List<String> groups = List.of();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "rows or records looked at, the first ones; default: ${DEFAULT-VALUE}",
      defaultValue = "50000")
  private int most;

  @Option(names = "--force", description = "overwrite files that are there")
  private boolean isForced;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    requireOneSource();
    Path policy = output.resolveSibling("policy.yaml");
    for (Path each : List.of(output, policy)) {
      if (Files.exists(each) && !isForced) {
        line().getErr().println("weir: " + each + " is there; move it, or add --force");
        return WeirCommand.FAIL;
      }
    }
    try {
      Draft draft = draft();
      write(output, draft.spec());
      write(policy, draft.policy());
      print(draft, policy);
      return 0;
    } catch (InitException | CsvException e) {
      line().getErr().println("weir: " + e.getMessage());
      return WeirCommand.FAIL;
    }
  }

  private void requireOneSource() {
    boolean isTopics = features != null || labels != null;
    if ((data != null) == isTopics || (isTopics && (features == null || labels == null))) {
      throw usage("name a file by --data, or two topics by --features and --labels");
    }
    if (most < 1) {
      throw usage("--sample must be >= 1, was " + most);
    }
    if (model != null && !model.matches("[a-z][a-z0-9-]{0,62}")) {
      throw usage("--model is a lower-case letter, then up to 62 of a-z 0-9 -, was " + model);
    }
  }

  private Draft draft() throws IOException {
    Choice choice = new Choice(id, time, label, positive, groups);
    if (data != null) {
      return Draft.of(name(String.valueOf(data.getFileName())), Sample.read(data, most), choice);
    }
    TopicReader reader = new TopicReader(bootstrapServers, most);
    TopicSample events = reader.read(String.valueOf(features));
    TopicSample outcomes = reader.read(String.valueOf(labels));
    warn(String.valueOf(features), events);
    warn(String.valueOf(labels), outcomes);
    return TopicDraft.of(name(String.valueOf(features)), events, outcomes, choice);
  }

  private void warn(String topic, TopicSample sample) {
    PrintWriter err = line().getErr();
    if (sample.unreadable() > 0) {
      err.println("weir: " + sample.unreadable() + " records of " + topic + " are no JSON objects");
    }
    if (!sample.nested().isEmpty()) {
      err.println(
          "weir: nested fields of " + topic + " left out: " + String.join(", ", sample.nested()));
    }
  }

  /** The model's name, made of the data's where none is given. */
  private String name(String source) {
    if (model != null) {
      return model;
    }
    String name =
        source
            .replaceFirst("\\.[A-Za-z]+$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    return name.isEmpty() ? "model" : name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static void write(Path file, String text) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  private void print(Draft draft, Path policy) {
    PrintWriter out = line().getOut();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("spec", output.toString());
    facts.put("policy", policy.toString());
    facts.putAll(draft.facts());
    if (isJson) {
      out.println(new String(Json.write(facts), StandardCharsets.UTF_8));
      return;
    }
    facts.forEach(
        (name, value) -> {
          if (!name.equals("columns")) {
            out.println(name + ": " + (value == null ? "none found" : value));
          }
        });
    out.println("Read " + output + " line by line: its comments say what was guessed.");
  }

  private ParameterException usage(String message) {
    return new ParameterException(line(), message);
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
