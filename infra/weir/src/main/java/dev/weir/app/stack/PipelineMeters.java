package dev.weir.app.stack;

import dev.weir.pipeline.ingest.Ingest;
import dev.weir.pipeline.state.Count;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The pipeline's counters as meters, all there from the start. They outlive the process: a counter
 * begins where the stores stand, not at 0. Registries refer to this weakly; keep it.
 */
final class PipelineMeters implements MeterBinder {
  private final String model;
  private final Supplier<Map<String, Long>> counts;

  /**
   * Creates the meters.
   *
   * @param model their tag
   * @param counts asked at each scrape, by the keys of {@link Count}
   */
  PipelineMeters(String model, Supplier<Map<String, Long>> counts) {
    this.model = model;
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Tags tags = Tags.of("model", model);
    for (Count count : Count.values()) {
      if (count != Count.DEAD_LETTERS) {
        register(registry, count, tags, count.key());
      }
    }
    for (String reason : Ingest.reasons()) {
      register(
          registry, Count.DEAD_LETTERS, tags.and("reason", reason), Count.DEAD_LETTERS.key(reason));
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
