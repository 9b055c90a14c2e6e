package dev.weir.serving.live;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a model until it is closed; the model stays open that long. */
public final class Lease implements AutoCloseable {
  private final ServingModel model;
  private final AtomicBoolean isOpen = new AtomicBoolean(true);

  Lease(ServingModel model) {
    this.model = model;
  }

  /** The model. */
  public ServingModel model() {
    return model;
  }

  /**
   * Scores rows.
   *
   * @param rows feature vectors in the order of the spec
   * @return the probability of the positive class of each row
   */
  public double[] positive(float[][] rows) {
    if (!isOpen.get()) {
      throw new IllegalStateException("the lease is closed");
    }
    return model.positive(rows);
  }

  @Override
  public void close() {
    if (isOpen.compareAndSet(true, false)) {
      model.release();
    }
  }
}
