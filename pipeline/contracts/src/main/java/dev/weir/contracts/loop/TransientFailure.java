package dev.weir.contracts.loop;

/** An exception that knows whether what it tells of may pass by itself, as an outage does. */
public interface TransientFailure {
  /** Returns whether the same call may succeed later with nothing changed on our side. */
  boolean isTransient();
}
