package dev.weir.app.cli;

import dev.weir.app.deadletter.Letter;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command on dead letters. */
final class DeadLettersOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "the model")
  private String model = "";

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "first part of all topic names; default: ${DEFAULT-VALUE}",
      defaultValue = "weir")
  private String prefix = "weir";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "the broker; default: that of the running 'weir up' on --data-dir")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "of the running 'weir up'; default: ${DEFAULT-VALUE}",
      defaultValue = "weir-data")
  private Path dataDirectory = Path.of("weir-data");

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      description = "only letters with one of these reasons")
  private List<String> reasons = List.of();

  @Option(
      names = "--groups",
      description = "those of restricted group attributes (events.groups), which lie apart")
  private boolean isOfGroups;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  boolean isJson() {
    return isJson;
  }

  Topics topic() {
    return isOfGroups ? Topics.GROUP_DEAD_LETTERS : Topics.DEAD_LETTERS;
  }

  TopicNames names() {
    return new TopicNames(prefix, model);
  }

  /** Returns settings of a Kafka client; says where to find a broker if none is known. */
  Map<String, Object> client() throws IOException {
    LogFile.quiet();
    if (bootstrapServers != null) {
      return Map.of("bootstrap.servers", bootstrapServers);
    }
    Path file = UpCommand.addressFile(dataDirectory);
    if (!Files.exists(file)) {
      throw usage(
          "no 'weir up' runs on " + dataDirectory + "; start it, or name --bootstrap-servers");
    }
    return Map.of("bootstrap.servers", Files.readString(file).strip());
  }

  boolean isAsked(Letter letter) {
    return reasons.isEmpty()
        || reasons.stream().anyMatch(reason -> reason.equalsIgnoreCase(letter.reason()));
  }

  ParameterException usage(String message) {
    return new ParameterException(line(), message);
  }

  void print(String text) {
    line().getOut().println(text);
  }

  void printJson(Object value) {
    print(new String(Json.write(value), StandardCharsets.UTF_8));
  }

  /** Returns what a list says of a letter. */
  static Map<String, Object> summary(Letter letter) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", letter.id());
    summary.put("reason", letter.reason());
    summary.put("message", letter.text("weir.message").orElse(""));
    summary.put("origin", letter.origin());
    summary.put("time", Instant.ofEpochMilli(letter.record().timestamp()).toString());
    letter.replayOf().ifPresent(of -> summary.put("replayOf", of));
    return summary;
  }

  static String name(Enum<?> code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
