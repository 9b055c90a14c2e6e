package dev.weir.pipeline;

import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.derive.Derive;
import dev.weir.pipeline.ingest.ErasureRequests;
import dev.weir.pipeline.ingest.GroupIntake;
import dev.weir.pipeline.ingest.Intake;
import dev.weir.pipeline.ingest.IntakeSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/*
 *   user's features ──► intake ─┐                          ┌─► rows
 *                               ├─► arrivals ──► derive ───┤
 *   user's labels ────► intake ─┘       ticks ──────┘      └─► labels
 *
 * Each topic of the user has an intake of its own, and may have any number of partitions and any
 * keys. They share tasks, by their dead letters: a task has the partitions of one number of both
 * topics, as far as there are such, and takes what is older first of what it has, so that after a
 * standstill one is not done long before the other. The topic of erasures has tasks of its own, and
 * so has that of group attributes, whose values go to topics of their own and no further. A spec
 * without derived features has no arrivals: its intakes write rows and labels.
 */

/** The part of a model's topology that takes users' records to rows and labels. */
final class IngestTopology {
  private static final Serdes.StringSerde STRING = new Serdes.StringSerde();
  private static final Serdes.ByteArraySerde BYTES = new Serdes.ByteArraySerde();

  private final ModelSpec spec;
  private final TopicNames names;
  private final SpecGeneration generation;
  private final Topology topology;

  private IngestTopology(
      ModelSpec spec, TopicNames names, SpecGeneration generation, Topology topology) {
    this.spec = spec;
    this.generation = generation;
    this.names = names;
    this.topology = topology;
  }

  /** Adds the ingest of a model's only spec to a topology. */
  static void addTo(
      Topology topology, ModelSpec spec, TopicNames names, Clock clock, String ticks) {
    addTo(topology, spec, names, SpecGeneration.first(spec), clock, ticks);
  }

  /**
   * Adds ingest to a topology.
   *
   * @param generation the spec among those of the model
   * @param clock judges what lies too far ahead
   * @param ticks the node that this model's ticks come from
   */
  static void addTo(
      Topology topology,
      ModelSpec spec,
      TopicNames names,
      SpecGeneration generation,
      Clock clock,
      String ticks) {
    IngestTopology ingest = new IngestTopology(spec, names, generation, topology);
    ingest.intakes(clock);
    if (isDerived(spec)) {
      ingest.derive(ticks);
    }
    Events.GroupSource groups = spec.events().groups();
    if (groups != null) {
      ingest.groups(groups, clock);
    }
    Events.ErasureSource erasures = spec.events().erasures();
    if (erasures != null) {
      ingest.erasures(erasures, clock);
    }
  }

  static boolean isDerived(ModelSpec spec) {
    return !spec.derivedFeatures().isEmpty();
  }

  /** Returns the stores of its counters. */
  static List<String> counts(ModelSpec spec) {
    List<String> stores = new ArrayList<>();
    IntakeSource.of(spec).forEach(source -> stores.add(Intake.counts(source)));
    if (isDerived(spec)) {
      stores.add(Derive.COUNTS);
    }
    if (spec.events().groups() != null) {
      stores.add(GroupIntake.COUNTS);
    }
    if (spec.events().erasures() != null) {
      stores.add(ErasureRequests.COUNTS);
    }
    return stores;
  }

  private void intakes(Clock clock) {
    List<IntakeSource> sources = IntakeSource.of(spec);
    sources.forEach(source -> intake(source, clock));
    topology.addSink(
        Intake.DEAD_LETTERS,
        names.of(Topics.DEAD_LETTERS),
        BYTES.serializer(),
        BYTES.serializer(),
        sources.stream().map(IntakeSource::intake).toArray(String[]::new));
  }

  private void intake(IntakeSource source, Clock clock) {
    String intake = source.intake();
    String user = "user-" + intake;
    topology.addSource(user, BYTES.deserializer(), BYTES.deserializer(), source.topic(spec));
    topology.addProcessor(intake, Intake.supplier(spec, source, generation, clock), user);
    if (isDerived(spec)) {
      sink(Intake.arrivals(source), Topics.ARRIVALS, intake);
    } else {
      if (source.hasEvents()) {
        sink(Intake.rows(source), Topics.ROWS, intake);
      }
      if (source.hasLabels()) {
        sink(Intake.labels(source), Topics.LABELS, intake);
      }
    }
  }

  private void groups(Events.GroupSource from, Clock clock) {
    String intake = "intake-groups";
    topology.addSource("user-groups", BYTES.deserializer(), BYTES.deserializer(), from.topic());
    topology.addProcessor(
        intake, GroupIntake.supplier(spec, from, generation, clock), "user-groups");
    sink(GroupIntake.VALUES, Topics.GROUP_VALUES, intake);
    topology.addSink(
        GroupIntake.DEAD_LETTERS,
        names.of(Topics.GROUP_DEAD_LETTERS),
        BYTES.serializer(),
        BYTES.serializer(),
        intake);
  }

  private void erasures(Events.ErasureSource from, Clock clock) {
    String requests = "erasure-requests";
    topology.addSource("user-erasures", BYTES.deserializer(), BYTES.deserializer(), from.topic());
    topology.addProcessor(
        requests, ErasureRequests.supplier(generation, clock, isDerived(spec)), "user-erasures");
    topology.addSink(
        ErasureRequests.ERASURES,
        names.of(Topics.ERASURES),
        STRING.serializer(),
        BYTES.serializer(),
        ErasureRequests.toAll(),
        requests);
    if (isDerived(spec)) {
      sink(ErasureRequests.ARRIVALS, Topics.ARRIVALS, requests);
    }
    topology.addSink(
        ErasureRequests.DEAD_LETTERS,
        names.of(Topics.DEAD_LETTERS),
        BYTES.serializer(),
        BYTES.serializer(),
        requests);
  }

  private void derive(String ticks) {
    String arrivals = "arrivals";
    topology.addSource(
        arrivals, STRING.deserializer(), BYTES.deserializer(), names.of(Topics.ARRIVALS));
    topology.addProcessor("derive", Derive.supplier(spec, names), arrivals, ticks);
    sink(Derive.ROWS, Topics.ROWS, "derive");
    sink(Derive.LABELS, Topics.LABELS, "derive");
  }

  private void sink(String name, Topics topic, String parent) {
    topology.addSink(name, names.of(topic), STRING.serializer(), BYTES.serializer(), parent);
  }
}
