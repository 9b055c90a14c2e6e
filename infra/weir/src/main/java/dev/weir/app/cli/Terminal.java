package dev.weir.app.cli;

import dev.weir.app.WritesToTerminal;
import dev.weir.app.replay.Story;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the story on standard error: a bar and wrapped lines on a terminal, plain lines elsewhere.
 *
 * <p>Safe for use by several threads: a line is never torn by the bar, nor by another line.
 */
@WritesToTerminal
final class Terminal implements Story, AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final int PLAIN_LINES = 10;
  private static final int WIDE = 80;
  private static final int INDENT_WIDE = 29;
  private static final int INDENT_NARROW = 4;
  private static final Duration REDRAWN_EVERY = Duration.ofMillis(500);
  private static final Duration STANDS_AFTER = Duration.ofSeconds(2);

  private final PrintStream out;
  private final int columns;
  private final Colours colours;
  private final long startedAt = System.nanoTime();
  private @Nullable ScheduledExecutorService redrawing;
  private boolean isBarShown;
  private long done;
  private long all;
  private String task = "replay";
  private String now = "";
  private long movedAt;
  private long lastTenth = -1;

  /**
   * Creates a terminal.
   *
   * @param columns its width; 0 where nobody watches, so that plain lines are written
   */
  Terminal(PrintStream out, int columns, Colours colours) {
    this.out = out;
    this.columns = columns;
    this.colours = colours;
  }

  /** Returns the standard error of this process. */
  static Terminal standardError() {
    int columns = columnsOf("stderr");
    return new Terminal(System.err, columns, Colours.of(columns > 0, System.getenv("NO_COLOR")));
  }

  /**
   * Prints lines on standard output, wrapped where that is a terminal.
   *
   * @param indent spaces before what is continued
   */
  static void print(List<String> lines, int indent) {
    int columns = columnsOf("stdout");
    for (String line : lines) {
      Wrapped.lines(line, columns, indent).forEach(System.out::println);
    }
  }

  /** The launcher asks the terminal; Java 17 cannot. */
  private static int columnsOf(String stream) {
    return Integer.getInteger("weir.columns." + stream, 0);
  }

  /** Names what is replayed; the bar begins with it. */
  synchronized void task(String name) {
    task = name;
  }

  /** Prints one line. */
  synchronized void line(String text) {
    hideBar();
    int indent = columns < WIDE ? INDENT_NARROW : INDENT_WIDE;
    List<String> lines = Wrapped.lines(text, columns, indent);
    out.println(colours.paint(lines.get(0)));
    lines.subList(1, lines.size()).forEach(out::println);
    showBar();
  }

  @Override
  public void tell(Instant eventTime, String sentence) {
    line(TIME.format(eventTime) + "  " + sentence);
  }

  @Override
  public synchronized void progress(long done, long all, Instant eventTime) {
    this.done = done;
    this.all = all;
    this.now = TIME.format(eventTime);
    this.movedAt = System.nanoTime();
    if (columns > 0) {
      redrawByTimer();
      redraw();
      return;
    }
    long tenth = done * PLAIN_LINES / all;
    if (tenth > lastTenth) {
      lastTenth = tenth;
      line(now + "  replayed " + done + " of " + all + " ticks");
    }
  }

  private void redrawByTimer() {
    if (redrawing == null) {
      redrawing =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "weir-terminal");
                thread.setDaemon(true);
                return thread;
              });
      long period = REDRAWN_EVERY.toMillis();
      redrawing.scheduleAtFixedRate(this::redraw, period, period, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void redraw() {
    hideBar();
    showBar();
  }

  private void hideBar() {
    if (isBarShown) {
      out.print("\r\u001b[K");
      isBarShown = false;
    }
  }

  private void showBar() {
    if (redrawing == null) {
      return;
    }
    long at = System.nanoTime();
    boolean stands = at - movedAt > STANDS_AFTER.toNanos();
    ProgressLine line =
        new ProgressLine(
            task,
            done,
            all,
            stands ? now + ", the clock stands: a job runs" : now,
            Duration.ofNanos(at - startedAt));
    out.print(line.render(columns));
    out.flush();
    isBarShown = true;
  }

  /** Takes the bar away; lines can still be printed. */
  @Override
  public synchronized void close() {
    if (redrawing != null) {
      redrawing.shutdownNow();
      redrawing = null;
    }
    hideBar();
    out.flush();
  }
}
