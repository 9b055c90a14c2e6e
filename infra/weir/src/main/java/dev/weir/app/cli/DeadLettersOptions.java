package dev.weir.app.cli;

import dev.weir.app.deadletter.Letter;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command on dead letters. */
final class DeadLettersOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "the model")
  private String model = "";

  @Mixin private BrokerOptions broker = new BrokerOptions();

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
    return new TopicNames(broker.prefix(), model);
  }

  /** Returns settings of a Kafka client; says where to find a broker if none is known. */
  Map<String, Object> client() throws IOException {
    return broker.client();
  }

  boolean isAsked(Letter letter) {
    return reasons.isEmpty()
        || reasons.stream().anyMatch(reason -> reason.equalsIgnoreCase(letter.reason()));
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
