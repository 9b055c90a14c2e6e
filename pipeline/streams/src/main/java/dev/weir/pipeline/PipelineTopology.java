package dev.weir.pipeline;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.join.LabelJoin;
import dev.weir.pipeline.join.OutcomeJoin;
import dev.weir.pipeline.monitor.DriftMonitor;
import dev.weir.pipeline.monitor.StabilityMonitor;
import dev.weir.pipeline.trigger.Trigger;
import dev.weir.pipeline.watermark.OwnTicks;
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.pipeline.watermark.WatermarkTicks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** The topology of one model, in the order in which data flows. */
public final class PipelineTopology {
  private static final Serdes.StringSerde STRING = new Serdes.StringSerde();
  private static final Serdes.ByteArraySerde BYTES = new Serdes.ByteArraySerde();

  private static final String OWN_TICKS = "own-ticks";

  private final ModelSpec spec;
  private final TopicNames names;
  private final Topology topology = new Topology();

  private PipelineTopology(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.names = names;
  }

  /**
   * Returns the topology of {@code spec} where a driver writes the ticks; the clock judges what
   * lies too far ahead.
   */
  public static Topology of(ModelSpec spec, TopicNames names, Clock clock) {
    return new PipelineTopology(spec, names).build(clock);
  }

  /** Returns the topology of {@code spec} that writes its ticks itself, by watermark. */
  public static Topology free(ModelSpec spec, TopicNames names, Clock clock, WatermarkRules rules) {
    PipelineTopology pipeline = new PipelineTopology(spec, names);
    pipeline.build(clock);
    pipeline.topology.addProcessor(
        "watermark",
        WatermarkTicks.supplier(spec, names, clock, rules),
        from(Topics.ROWS),
        from(Topics.LABELS),
        OWN_TICKS);
    pipeline.sink("ticks-sink", Topics.TICKS, "watermark");
    return pipeline.topology;
  }

  private Topology build(Clock clock) {
    ticks();
    IngestTopology.addTo(topology, spec, names, clock, OWN_TICKS);
    joins();
    monitors();
    trigger();
    return topology;
  }

  private void ticks() {
    source(Topics.TICKS);
    topology.addProcessor(OWN_TICKS, OwnTicks.supplier(spec.model()), from(Topics.TICKS));
  }

  private void joins() {
    source(Topics.ROWS);
    source(Topics.LABELS);
    source(Topics.PREDICTIONS);
    List<String> inputs = new ArrayList<>(List.of(from(Topics.ROWS), from(Topics.LABELS)));
    if (LabelJoin.dependsOnDecisions(spec)) {
      inputs.add(from(Topics.PREDICTIONS));
    }
    if (spec.events().erasures() != null) {
      source(Topics.ERASURES);
      inputs.add(from(Topics.ERASURES));
    }
    inputs.add(OWN_TICKS);
    topology.addProcessor(
        "label-join", LabelJoin.supplier(spec, names), inputs.toArray(String[]::new));
    sink(LabelJoin.EXAMPLES, Topics.EXAMPLES, "label-join");
    if (LabelJoin.dependsOnDecisions(spec)) {
      sink(LabelJoin.UNOBSERVED, Topics.UNOBSERVED, "label-join");
    }

    source(Topics.EXAMPLES);
    List<String> sides =
        new ArrayList<>(List.of(from(Topics.EXAMPLES), from(Topics.PREDICTIONS), OWN_TICKS));
    if (spec.events().erasures() != null) {
      sides.add("label-join");
    }
    topology.addProcessor(
        LabelJoin.ERASED, OutcomeJoin.supplier(spec, names), sides.toArray(String[]::new));
    sink("outcomes-sink", Topics.OUTCOMES, LabelJoin.ERASED);
  }

  private void monitors() {
    source(Topics.OUTCOMES);
    source(Topics.DEPLOYMENTS);
    topology.addProcessor(
        "drift-monitor",
        DriftMonitor.supplier(spec, names),
        from(Topics.OUTCOMES),
        from(Topics.DEPLOYMENTS));
    source(Topics.REFERENCES);
    topology.addProcessor(
        "stability-monitor",
        StabilityMonitor.supplier(spec, names),
        from(Topics.REFERENCES),
        from(Topics.DEPLOYMENTS),
        from(Topics.ROWS),
        from(Topics.PREDICTIONS),
        OWN_TICKS);
    sink("signals-sink", Topics.SIGNALS, "drift-monitor", "stability-monitor");
  }

  private void trigger() {
    source(Topics.SIGNALS);
    source(Topics.CANDIDATES);
    source(Topics.AUDITS);
    topology.addProcessor(
        "trigger",
        Trigger.supplier(spec, names),
        from(Topics.EXAMPLES),
        from(Topics.SIGNALS),
        from(Topics.CANDIDATES),
        from(Topics.AUDITS),
        from(Topics.DEPLOYMENTS),
        OWN_TICKS);
    sink("requests-sink", Topics.TRAINING_REQUESTS, "trigger");
  }

  private void source(Topics topic) {
    topology.addSource(from(topic), STRING.deserializer(), BYTES.deserializer(), names.of(topic));
  }

  private void sink(String name, Topics topic, String... parents) {
    topology.addSink(name, names.of(topic), STRING.serializer(), BYTES.serializer(), parents);
  }

  private static String from(Topics topic) {
    return "from-" + topic.name();
  }
}
