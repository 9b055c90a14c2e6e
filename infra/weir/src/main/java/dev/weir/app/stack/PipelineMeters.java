package dev.weir.app.stack;

import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.Monitoring;
import dev.weir.pipeline.ingest.Intake;
import dev.weir.pipeline.state.Count;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The pipeline's counters as meters, all there from the start. They outlive the process: a counter
 * begins where the stores stand, not at 0. Registries refer to this weakly; keep it.
 */
final class PipelineMeters implements MeterBinder {
  private static final Set<Count> BY_REASON =
      EnumSet.of(Count.DEAD_LETTERS, Count.UNOBSERVED_IN_GROUP, Count.ALARMS);

  private final String model;
  private final List<GroupSpec> groups;
  private final Supplier<Map<String, Long>> counts;

  /**
   * Creates the meters.
   *
   * @param model their tag
   * @param groups the model's groupings; rows are shown by their declared classes
   * @param counts asked at each scrape, by the keys of {@link Count}
   */
  PipelineMeters(String model, List<GroupSpec> groups, Supplier<Map<String, Long>> counts) {
    this.model = model;
    this.groups = List.copyOf(groups);
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Tags tags = Tags.of("model", model);
    for (Count count : Count.values()) {
      if (!BY_REASON.contains(count)) {
        register(registry, count, tags, count.key());
      }
    }
    for (String reason : Intake.reasons()) {
      register(
          registry, Count.DEAD_LETTERS, tags.and("reason", reason), Count.DEAD_LETTERS.key(reason));
    }
    for (Monitoring.Kind kind : Monitoring.Kind.values()) {
      String name = kind.text();
      register(registry, Count.ALARMS, tags.and("kind", name), Count.ALARMS.key(name));
    }
    for (GroupSpec group : groups) {
      for (String value : group.declared()) {
        register(
            registry,
            Count.UNOBSERVED_IN_GROUP,
            tags.and("group", group.name(), "value", value),
            Count.UNOBSERVED_IN_GROUP.key(group.name() + "=" + value));
      }
    }
  }

  private void register(MeterRegistry registry, Count count, Tags tags, String key) {
    FunctionCounter.builder(count.meter(), this, meters -> meters.value(key))
        .tags(tags)
        .register(registry);
  }

  private double value(String key) {
    return counts.get().getOrDefault(key, 0L);
  }
}
