package dev.weir.pipeline;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.pipeline.join.EventJoin;
import dev.weir.pipeline.watch.OutcomeWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** What the label join reads, and a topology that holds nothing but it. */
final class JoinRecords {
  private final ModelSpec spec;
  private final Serializer<Row> rows = AvroSerde.rows().serializer();
  private final Serializer<Prediction> predictions = AvroSerde.predictions().serializer();

  JoinRecords(ModelSpec spec) {
    this.spec = spec;
  }

  static List<Topics> inputs(ModelSpec spec) {
    List<Topics> inputs = new ArrayList<>(List.of(Topics.ROWS, Topics.LABELS, Topics.TICKS));
    if (EventJoin.dependsOnDecisions(spec)) {
      inputs.add(Topics.PREDICTIONS);
    }
    if (spec.events().erasures() != null) {
      inputs.add(Topics.ERASURES);
    }
    return inputs;
  }

  /** Returns the join alone. */
  static Topology topology(
      ModelSpec spec, TopicNames names, ProcessorSupplier<String, byte[], String, byte[]> join) {
    Topology topology = new Topology();
    for (Topics topic : inputs(spec)) {
      topology.addSource(
          topic.name(), new StringDeserializer(), new ByteArrayDeserializer(), names.of(topic));
    }
    topology.addProcessor(
        "join", join, inputs(spec).stream().map(Enum::name).toArray(String[]::new));
    sink(topology, EventJoin.EXAMPLES, names.of(Topics.EXAMPLES));
    sink(topology, EventJoin.UNOBSERVED, names.of(Topics.UNOBSERVED));
    sink(topology, EventJoin.OUTCOMES, names.of(Topics.OUTCOMES));
    topology.addProcessor(EventJoin.OUTCOME_WATCH, OutcomeWatch.supplier(), "join");
    return topology;
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), "join");
  }

  static Topics topic(Arrival arrival) {
    return switch (arrival.kind()) {
      case ROW -> Topics.ROWS;
      case LABEL -> Topics.LABELS;
      case DECISION -> Topics.PREDICTIONS;
      case ERASURE -> Topics.ERASURES;
    };
  }

  byte[] value(Arrival arrival, int start) {
    String id = arrival.id();
    Instant at = PipelineDriver.at(start + arrival.minute());
    return switch (arrival.kind()) {
      case ROW -> rows.serialize("", row(arrival, at));
      case LABEL -> Json.write(new Label(id, arrival.value(), at));
      case DECISION -> predictions.serialize("", decision(id, at, arrival.value() == 1));
      case ERASURE -> Json.write(new Erasure(id, at));
    };
  }

  private Row row(Arrival arrival, Instant at) {
    FeatureVector features = FeatureVector.of(1, 0.5f, 0.5f);
    return new Row(
        arrival.id(),
        arrival.entity(),
        at,
        spec.digest(),
        features,
        Map.of("shop", "s"),
        Origin.STREAM);
  }

  private static Prediction decision(String id, Instant at, boolean isSelected) {
    return new Prediction(id, at, 1, ServingRole.CHAMPION, 0.5, Origin.STREAM, isSelected);
  }

  static byte[] tick(int minute) {
    return Json.write(new Tick(minute, PipelineDriver.at(minute)));
  }
}
