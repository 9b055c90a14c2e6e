package dev.weir.pipeline.monitor;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Monitoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The monitors of a model. */
public final class Monitors {
  private Monitors() {}

  /** Returns new monitors of everything that the spec asks for, in the order of their signals. */
  public static List<Monitor> of(ModelSpec spec) {
    Set<Monitoring.Kind> watch = spec.monitors().watch();
    List<Monitor> monitors = new ArrayList<>();
    monitors.add(new ResidualDrift(spec));
    monitors.add(new PopulationStability(spec));
    if (watch.contains(Monitoring.Kind.DRIFT)) {
      monitors.add(new FeatureDrift(spec));
    }
    if (watch.contains(Monitoring.Kind.QUALITY)) {
      monitors.add(new RowQuality(spec));
      monitors.add(new RowVolume(spec));
      monitors.add(new LabelDelayDrift(spec));
    }
    if (watch.contains(Monitoring.Kind.PERFORMANCE)) {
      monitors.add(new LivePerformance(spec));
    }
    if (watch.contains(Monitoring.Kind.FAIRNESS)) {
      monitors.add(new GroupFairness(spec));
    }
    return monitors;
  }
}
