package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.ReferenceProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that watches one model: it knows no topic, no partition and no clock, so that the
 * same calls give the same signals wherever it runs. Not thread-safe.
 *
 * <p>Its host calls, for each tick: {@link #rows} with the sum of all partitions' tallies (once per
 * champion version that they were counted under), {@link #outcome} for each outcome of the tick in
 * the order of {@link Watched#compareTo}, then {@link #tick} once. It keeps {@link #toBytes} and
 * begins after a restart with {@link #restore} and the {@link #champion} of before.
 */
public interface Monitor {
  /** Returns the name of its state, unique among the monitors of a model. */
  String name();

  /**
   * Takes the champion. Another version than before begins the comparison anew; the same version
   * keeps what was seen, and is how a profile that came late, or that of before a restart, is told.
   *
   * @param version the champion's version, ≥ 1
   * @param reference what it was trained on; null where that is not known
   */
  void champion(int version, @Nullable ReferenceProfile reference);

  /** Takes what was counted since the last tick. */
  void rows(RowTally tally);

  /** Takes an outcome of any version and role. */
  void outcome(Watched outcome);

  /** Returns what there is to say at a tick, in a fixed order; empty for nothing. */
  List<Signal> tick(Instant now);

  /** Returns the whole state but for the champion's profile. */
  byte[] toBytes();

  /**
   * Takes over a state.
   *
   * @throws IllegalArgumentException if {@code state} is none of this monitor
   */
  void restore(byte[] state);
}
