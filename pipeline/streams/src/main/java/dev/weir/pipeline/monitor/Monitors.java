package dev.weir.pipeline.monitor;

import dev.weir.contracts.spec.ModelSpec;
import java.util.List;

/** The monitors of a model. */
public final class Monitors {
  private Monitors() {}

  /** Returns new monitors of everything that the spec asks for, in the order of their signals. */
  public static List<Monitor> of(ModelSpec spec) {
    return List.of(new ResidualDrift(spec), new PopulationStability(spec));
  }
}
