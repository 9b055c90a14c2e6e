package dev.weir.app.cli;

import dev.weir.app.WritesToTerminal;
import dev.weir.app.demo.Story;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells the story on standard error: a bar on a terminal, plain lines elsewhere. */
@WritesToTerminal
final class Terminal implements Story, AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final int PLAIN_LINES = 10;

  private final PrintStream out;
  private final boolean isInteractive;
  private @Nullable ProgressBar bar;
  private long lastTenth = -1;

  private Terminal(PrintStream out, boolean isInteractive) {
    this.out = out;
    this.isInteractive = isInteractive;
  }

  /** Returns the terminal of this process. */
  static Terminal standardError() {
    return new Terminal(System.err, System.console() != null);
  }

  /** Prints one line. */
  void line(String text) {
    if (bar != null) {
      out.print("\r\u001b[K");
    }
    out.println(text);
  }

  @Override
  public void tell(Instant eventTime, String sentence) {
    line(TIME.format(eventTime) + "  " + sentence);
  }

  @Override
  public void progress(long done, long all, Instant eventTime) {
    if (isInteractive) {
      bar(all).stepTo(done).setExtraMessage(TIME.format(eventTime));
      return;
    }
    long tenth = done * PLAIN_LINES / all;
    if (tenth > lastTenth) {
      lastTenth = tenth;
      line(TIME.format(eventTime) + "  replayed " + done + " of " + all + " ticks");
    }
  }

  private ProgressBar bar(long all) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("January 2014")
              .setInitialMax(all)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
    }
    return bar;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
