package dev.weir.app.stack;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened so far; it is closed in the reverse order. Not thread-safe. */
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  /** Returns {@code resource}, to be closed before all that were opened earlier. */
  <T extends AutoCloseable> T add(T resource) {
    resources.push(resource);
    return resource;
  }

  /**
   * Closes everything, also after a failure; all failures are suppressed ones of what it throws.
   */
  @Override
  public void close() {
    RuntimeException failure = new IllegalStateException("the stack did not close cleanly");
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
