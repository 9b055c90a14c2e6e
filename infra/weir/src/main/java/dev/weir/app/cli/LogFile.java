package dev.weir.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.SizeRotatingFileHandler;

/**
 * Sends logs to a file, and what an operator must see to the terminal too.
 *
 * <p>The handlers are set on the root logger itself, in place of the one that keeps records back
 * until Quarkus starts: commands that never start it log all the same, and Quarkus adds nothing.
 */
final class LogFile {
  private static final String ROOT = "";
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c] (%t) %X{requestId} %s%e%n";
  private static final long MOST_BYTES = 10_000_000;
  private static final int OLDER_FILES = 3;

  /**
   * MLflow's client warns of each experiment that is not there yet, and Kafka's reports an error
   * for each topic that was created a moment ago: both are asked for until they are there.
   */
  private static final Map<String, String> LEVELS =
      Map.of(
          ROOT,
          "WARN",
          "dev.weir",
          "INFO",
          "org.apache.kafka",
          "ERROR",
          "kafka",
          "ERROR",
          "org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy",
          "OFF",
          "org.mlflow",
          "ERROR");

  private LogFile() {}

  /** Logs to {@code file} from now on, warnings and errors to {@code terminal} as well. */
  static void start(Path file, Terminal terminal) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    LEVELS.forEach(LogFile::setLevel);
    SizeRotatingFileHandler toFile =
        new SizeRotatingFileHandler(file.toFile(), true, MOST_BYTES, OLDER_FILES);
    toFile.setFormatter(new PatternFormatter(PATTERN));
    Logger root = LogContext.getLogContext().getLogger(ROOT);
    root.setHandlers(new Handler[] {toFile, new ToTerminal(terminal)});
  }

  /** Drops the logs of one category. */
  static void mute(String category) {
    setLevel(category, "OFF");
  }

  /** Drops logs: a command that only talks to a broker says itself what went wrong. */
  static void quiet() {
    LogContext.getLogContext().getLogger(ROOT).setHandlers(new Handler[0]);
  }

  /** Quarkus reads the same levels from the properties if it starts later. */
  private static void setLevel(String category, String level) {
    LogContext context = LogContext.getLogContext();
    context.getLogger(category).setLevel(context.getLevelForName(level));
    String property = category.isEmpty() ? "" : "category.\"" + category + "\".";
    System.setProperty("quarkus.log." + property + "level", level);
  }

  /** One line for each warning; the stack traces are in the file. */
  private static final class ToTerminal extends Handler {
    private final Terminal terminal;

    ToTerminal(Terminal terminal) {
      this.terminal = terminal;
      setLevel(Level.WARNING);
      setFormatter(new PatternFormatter("%p: %s [%c{1}]"));
      setErrorManager(new ErrorManager());
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        Throwable thrown = record.getThrown();
        String cause = thrown == null ? "" : " because: " + thrown;
        terminal.line("weir: " + getFormatter().format(record) + cause);
      }
    }

    @Override
    public void flush() {
      // lines are printed at once
    }

    @Override
    public void close() {
      // the terminal belongs to the command
    }
  }
}
