package dev.weir.app.cli;

import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that starts a stack. */
final class StackOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where everything is kept; default: ${DEFAULT-VALUE}",
      defaultValue = "weir-data")
  private Path dataDirectory = Path.of("weir-data");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Port.class,
      description = "port of the HTTP endpoints and pages; default: ${DEFAULT-VALUE}",
      defaultValue = "8080")
  private int port = 8080;

  /** A number that a port can have. */
  static final class Port implements ITypeConverter<Integer> {
    private static final int MOST = 65_535;

    @Override
    public Integer convert(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 1 && port <= MOST) {
          return port;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no number");
      }
      throw new TypeConversionException("a port lies between 1 and " + MOST + ", was " + text);
    }
  }

  int port() {
    return port;
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  static StackSettings settings(
      Path directory, String spec, String policy, Clock clock, boolean isDriven, List<String> more)
      throws IOException {
    return new StackSettings(
        Files.createDirectories(directory).toAbsolutePath(),
        childClassPath(),
        parseSpec(spec),
        parsePolicy(policy),
        clock,
        isDriven,
        more);
  }

  /** The build writes the class path of the training child beside the trainer's classes. */
  static Path childClassPath() {
    String file = System.getProperty("weir.trainer.classpath", "");
    if (!file.isEmpty()) {
      return Path.of(file);
    }
    return Path.of(System.getProperty("weir.home", "."), "trainer", "target", "child.classpath");
  }

  private static ModelSpec parseSpec(String file) throws IOException {
    return file.startsWith("classpath:")
        ? SpecReader.parse(file, read(file))
        : SpecReader.read(Path.of(file));
  }

  static Policy parsePolicy(String file) throws IOException {
    return PolicyReader.parse(file, read(file));
  }

  /** Reads a file, or a resource where the name starts with {@code classpath:}. */
  private static String read(String name) throws IOException {
    if (!name.startsWith("classpath:")) {
      return Files.readString(Path.of(name));
    }
    try (var in = StackOptions.class.getResourceAsStream(name.substring("classpath:".length()))) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
