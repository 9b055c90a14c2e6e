package dev.weir.app.stack;

import dev.weir.contracts.control.Deployment;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks, twice a second, whether a version of the spec in shadow has come to
 * decide, and now and then whether a spec that retires is done. Where a change fails it ends, and
 * the stack says why; a start takes it up again.
 */
final class SpecWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SpecWatch.class);
  private static final long PAUSE_MILLIS = 500;
  private static final int LOOKS_PER_RETIREMENT = 60;

  private final Pipelines pipelines;
  private final Supplier<Optional<Deployment>> deployment;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "spec-watch");

  /**
   * Creates a watch, not started.
   *
   * @param deployment what is live now
   */
  SpecWatch(Pipelines pipelines, Supplier<Optional<Deployment>> deployment) {
    this.pipelines = pipelines;
    this.deployment = deployment;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      for (int looks = 1; !closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); looks++) {
        Optional<Deployment> live = deployment.get();
        if (live.isPresent()) {
          pipelines.follow(live.get());
        }
        if (looks % LOOKS_PER_RETIREMENT == 0) {
          pipelines.retire();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("spec not changed", e);
      pipelines.fail(e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
