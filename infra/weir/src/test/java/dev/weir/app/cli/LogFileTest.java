package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogFileTest {
  private final Logger root = LogContext.getLogContext().getLogger("");
  private final Handler[] before = root.getHandlers();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    root.setHandlers(before);
  }

  @Test
  void warningsAreOneLineOnTheTerminalAndAllElseIsInTheFile(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("deep").resolve("weir.log");
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Terminal terminal = new Terminal(out, 0, Colours.NONE)) {
      LogFile.start(file, terminal);
      LoggerFactory.getLogger("dev.weir.some.Worker").info("trained version=1");
      LoggerFactory.getLogger("dev.weir.some.Worker")
          .warn("registry away", new IllegalStateException("refused"));
      LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("disconnected");
      LoggerFactory.getLogger("org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy")
          .error("unknown topic");
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "weir: WARN: registry away [Worker] because: java.lang.IllegalStateException: refused");
    assertThat(Files.readString(file))
        .contains("trained version=1", "registry away", "at dev.weir.app.cli.LogFileTest")
        .doesNotContain("disconnected", "unknown topic");
  }
}
