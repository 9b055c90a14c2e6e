package dev.weir.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A command's hold on its data directory, log file and terminal, and its way to end on Ctrl-C.
 *
 * @param directory the data directory, nobody else's as long as the session lasts
 * @param terminal where it tells what happens
 * @param ctrlC what ends its work early
 */
record Session(Path directory, Terminal terminal, CtrlC ctrlC) {
  private static final String LOG = "weir.log";

  /** What is done in a session. */
  @FunctionalInterface
  interface Work {
    /** Returns the exit code. */
    int run(Session session) throws IOException, InterruptedException;
  }

  /** Does the work on {@code directory} as it is. */
  static int on(Path directory, Work work) throws IOException {
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      return run(directory, work);
    }
  }

  /** Does the work on {@code directory} emptied, which must be a data directory or absent. */
  static int onEmpty(Path directory, Work work) throws IOException {
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      empty(directory);
      return run(directory, work);
    }
  }

  private static int run(Path directory, Work work) throws IOException {
    try (CtrlC ctrlC = CtrlC.guard();
        Terminal terminal = Terminal.standardError()) {
      LogFile.start(directory.resolve(LOG), terminal);
      try {
        return work.run(new Session(directory, terminal, ctrlC));
      } catch (InterruptedException e) {
        return end(terminal);
      } catch (RuntimeException e) {
        // Libraries report an interrupt in types of their own.
        if (ctrlC.isPressed()) {
          return end(terminal);
        }
        terminal.close();
        terminal.line("weir: failed; the log is " + directory.resolve(LOG));
        throw e;
      }
    }
  }

  private static int end(Terminal terminal) {
    terminal.close();
    terminal.line("weir: ended before it was done");
    return CtrlC.EXIT_CODE;
  }

  /** Returns the log file. */
  Path log() {
    return directory.resolve(LOG);
  }

  private static void empty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var all = Files.walk(directory)) {
      List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
      boolean isOurs =
          paths.size() == 1
              || Files.exists(directory.resolve(LOG))
              || Files.exists(directory.resolve("broker"));
      if (!isOurs) {
        throw new IOException(directory + " exists and is no data directory of Weir; name another");
      }
      for (Path each : paths) {
        Files.delete(each);
      }
    }
  }
}
