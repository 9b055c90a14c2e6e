package dev.weir.app.stack;

import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.ModelSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What a stack is started with.
 *
 * @param dataDirectory where broker, registry, state stores and keys live
 * @param childClassPath the file with the training child's class path, written by the build
 * @param spec the model
 * @param policy what its candidates must pass
 * @param clock the clock of all roles; a {@code DriverClock} when {@code isDriven}
 * @param isDriven whether ticks move event time, not the wall clock
 * @param moreTopics topics to create beside Weir's and the spec's
 */
public record StackSettings(
    Path dataDirectory,
    Path childClassPath,
    ModelSpec spec,
    Policy policy,
    Clock clock,
    boolean isDriven,
    List<String> moreTopics) {
  public StackSettings {
    moreTopics = List.copyOf(moreTopics);
  }

  /** Returns these settings for another model. */
  public StackSettings withSpec(ModelSpec other) {
    return new StackSettings(
        dataDirectory, childClassPath, other, policy, clock, isDriven, moreTopics);
  }

  /** First part of all of Weir's topic names. */
  static final String PREFIX = "weir";
}
