package dev.weir.app.stack;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Shows one registry's counters in another, those to come too. Roles count from their first moment,
 * the registry behind the endpoint is there later, and a composite would lose what was counted in
 * between.
 */
final class ShownMeters {
  private ShownMeters() {}

  static void show(MeterRegistry from, MeterRegistry in) {
    from.config().onMeterAdded(meter -> show(meter, in));
    from.getMeters().forEach(meter -> show(meter, in));
  }

  private static void show(Meter meter, MeterRegistry in) {
    Meter.Id id = meter.getId();
    if (meter instanceof Counter counter) {
      FunctionCounter.builder(id.getName(), counter, Counter::count)
          .tags(id.getTags())
          .register(in);
    }
  }
}
