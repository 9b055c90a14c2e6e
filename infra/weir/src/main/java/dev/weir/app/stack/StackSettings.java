package dev.weir.app.stack;

import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.watermark.WatermarkRules;
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
 * @param isDriven whether a driver writes the ticks, not the pipeline by its watermark
 * @param moreTopics topics to create beside Weir's and the spec's
 * @param watermark how wall time enters event time where the stack runs free
 * @param partitions partitions of each topic that is partitioned by event id
 */
public record StackSettings(
    Path dataDirectory,
    Path childClassPath,
    ModelSpec spec,
    Policy policy,
    Clock clock,
    boolean isDriven,
    List<String> moreTopics,
    WatermarkRules watermark,
    int partitions) {
  public StackSettings {
    moreTopics = List.copyOf(moreTopics);
  }

  /** Creates settings with the default rules of the watermark and one partition. */
  public StackSettings(
      Path dataDirectory,
      Path childClassPath,
      ModelSpec spec,
      Policy policy,
      Clock clock,
      boolean isDriven,
      List<String> moreTopics) {
    this(
        dataDirectory,
        childClassPath,
        spec,
        policy,
        clock,
        isDriven,
        moreTopics,
        WatermarkRules.DEFAULT,
        1);
  }

  /** Returns these settings with other rules of the watermark. */
  public StackSettings withWatermark(WatermarkRules other) {
    return new StackSettings(
        dataDirectory,
        childClassPath,
        spec,
        policy,
        clock,
        isDriven,
        moreTopics,
        other,
        partitions);
  }

  /** Returns these settings with another number of partitions. */
  public StackSettings withPartitions(int other) {
    return new StackSettings(
        dataDirectory, childClassPath, spec, policy, clock, isDriven, moreTopics, watermark, other);
  }

  /** Returns these settings for another model. */
  public StackSettings withSpec(ModelSpec other) {
    return new StackSettings(
        dataDirectory,
        childClassPath,
        other,
        policy,
        clock,
        isDriven,
        moreTopics,
        watermark,
        partitions);
  }

  /** First part of all of Weir's topic names. */
  static final String PREFIX = "weir";
}
