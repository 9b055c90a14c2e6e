package dev.weir.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that talks to a broker that runs already. */
final class BrokerOptions {
  private static final int ANSWER_WITHIN_MILLIS = 15_000;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

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

  String prefix() {
    return prefix;
  }

  /** Returns settings of a Kafka client; says where to find a broker if none is known. */
  Map<String, Object> client() throws IOException {
    LogFile.quiet();
    return Map.of(
        "bootstrap.servers", address(),
        "request.timeout.ms", ANSWER_WITHIN_MILLIS,
        "default.api.timeout.ms", ANSWER_WITHIN_MILLIS,
        "max.block.ms", ANSWER_WITHIN_MILLIS);
  }

  private String address() throws IOException {
    if (bootstrapServers != null) {
      return bootstrapServers;
    }
    Path file = UpCommand.addressFile(dataDirectory);
    if (!Files.exists(file)) {
      throw new ParameterException(
          line(),
          "no 'weir up' runs on " + dataDirectory + "; start it, or name --bootstrap-servers");
    }
    return Files.readString(file).strip();
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}
