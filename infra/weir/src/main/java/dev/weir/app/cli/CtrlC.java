package dev.weir.app.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C, and a request to terminate, into an interrupt of the thread that works, and keeps
 * the process alive until what it opened is closed, or for a few seconds at most.
 *
 * <p>Only {@linkplain #interruptibly work} is interrupted: clients that close in an interrupted
 * thread leave half of their work undone.
 */
final class CtrlC implements AutoCloseable {
  /** 128 + the number of SIGINT, as shells say it. */
  static final int EXIT_CODE = 130;

  private static final long MOST_SECONDS = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread working;
  private boolean isPressed;

  private CtrlC() {}

  /** Work that an interrupt ends. */
  @FunctionalInterface
  interface Work {
    /** Returns the exit code. */
    int run() throws IOException, InterruptedException;
  }

  /** Returns a guard of this process; close it when everything else is closed. */
  static CtrlC guard() {
    CtrlC guard = new CtrlC();
    Runtime.getRuntime().addShutdownHook(new Thread(guard::end, "weir-ctrl-c"));
    return guard;
  }

  /**
   * Does the work in this thread; returns with the thread's interrupt flag cleared.
   *
   * @throws InterruptedException if the process was told to end
   */
  int interruptibly(Work work) throws IOException, InterruptedException {
    begin();
    try {
      return work.run();
    } finally {
      rest();
    }
  }

  private synchronized void begin() throws InterruptedException {
    if (isPressed) {
      throw new InterruptedException("told to end");
    }
    working = Thread.currentThread();
  }

  private synchronized void rest() {
    working = null;
    Thread.interrupted();
  }

  /** Runs while the process shuts down, also at its regular end; then nothing is left to close. */
  private void end() {
    press();
    try {
      closed.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what Ctrl-C does. */
  synchronized void press() {
    isPressed = true;
    if (working != null) {
      working.interrupt();
    }
  }

  /** Returns whether the process was told to end. */
  synchronized boolean isPressed() {
    return isPressed;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
