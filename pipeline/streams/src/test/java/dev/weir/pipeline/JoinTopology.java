package dev.weir.pipeline;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.join.EventJoin;
import dev.weir.pipeline.watermark.OwnTicks;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/**
 * Ingest and the label join alone. The test driver compiles one pattern per source topic for each
 * record that anything writes, changelogs included, so that the whole topology costs many times as
 * much per event.
 */
final class JoinTopology {
  private static final Serdes.StringSerde STRING = new Serdes.StringSerde();
  private static final Serdes.ByteArraySerde BYTES = new Serdes.ByteArraySerde();

  private final TopicNames names;
  private final Topology topology = new Topology();

  private JoinTopology(TopicNames names) {
    this.names = names;
  }

  static Topology of(ModelSpec spec, TopicNames names, Clock clock) {
    return new JoinTopology(names).build(spec, clock);
  }

  private Topology build(ModelSpec spec, Clock clock) {
    topology.addProcessor("ticks", OwnTicks.supplier(spec.model()), source(Topics.TICKS));
    IngestTopology.addTo(topology, spec, names, clock, "ticks");
    topology.addProcessor(
        "join",
        EventJoin.supplier(spec, names, Duration.ZERO),
        source(Topics.ROWS),
        source(Topics.LABELS),
        "ticks");
    sink(EventJoin.EXAMPLES, Topics.EXAMPLES, "join");
    return topology;
  }

  private String source(Topics topic) {
    String name = "from-" + topic.name();
    topology.addSource(name, STRING.deserializer(), BYTES.deserializer(), names.of(topic));
    return name;
  }

  private void sink(String name, Topics topic, String parent) {
    topology.addSink(name, names.of(topic), STRING.serializer(), BYTES.serializer(), parent);
  }
}
