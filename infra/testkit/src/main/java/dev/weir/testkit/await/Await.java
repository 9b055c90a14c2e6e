package dev.weir.testkit.await;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until a condition holds, and fails with a message of the test's own if it never does. */
public final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private Await() {}

  /**
   * Returns as soon as the condition holds, which is looked at every 10 ms and at least once.
   *
   * @param message what was waited for and what was seen instead; asked for at the timeout only
   * @throws AssertionError at the timeout, or if the thread is interrupted
   */
  public static void until(Duration timeout, BooleanSupplier holds, Supplier<String> message) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start >= timeout.toNanos()) {
        throw new AssertionError("after " + timeout.toMillis() + " ms: " + message.get());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted: " + message.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
