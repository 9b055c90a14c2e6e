package dev.weir.serving.rollout;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.live.ModelLoader;
import dev.weir.serving.publish.Outlet;
import dev.weir.serving.publish.TopicReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows audits, outcomes and ticks, and writes deployments and their ledger entries. One instance
 * runs at a time: it needs all outcomes of a model.
 *
 * <p>It decides when a tick comes, as of the tick's time, whoever writes ticks: so what it decides
 * does not depend on how records arrive, and a shadow on data of the past begins in the past.
 */
public final class RolloutWorker implements RecordLoop.Handler {
  /** The name of the loop and its consumer group. */
  public static final String NAME = "serving-rollout";

  private static final String KIND = "deployment";
  private static final Logger log = LoggerFactory.getLogger(RolloutWorker.class);

  private final String prefix;
  private final Outlet outlet;
  private final RegistryProjection projection;
  private final MeterRegistry meters;
  private final Map<String, ModelRollout> models = new TreeMap<>();
  private final Map<String, String> modelOfOutcomes = new TreeMap<>();

  /**
   * Creates a worker.
   *
   * @param prefix first part of the topics' names
   * @param specs the models
   * @param loader verifies and opens what is to serve
   * @param outlet where deployments go
   * @param projection shows them in the registry
   * @param meters counts changes and failures
   */
  public RolloutWorker(
      String prefix,
      Collection<ModelSpec> specs,
      ModelLoader loader,
      Outlet outlet,
      RegistryProjection projection,
      MeterRegistry meters) {
    this.prefix = prefix;
    this.outlet = outlet;
    this.projection = projection;
    this.meters = meters;
    for (ModelSpec spec : specs) {
      models.put(spec.model(), new ModelRollout(spec.model(), spec.rollout(), loader));
      modelOfOutcomes.put(Topics.OUTCOMES.name(prefix, spec.model()), spec.model());
    }
  }

  /** The topics that a loop must hand to this. */
  public Collection<String> topics() {
    List<String> topics = new ArrayList<>(modelOfOutcomes.keySet());
    topics.add(Topics.AUDITS.name(prefix, ""));
    topics.add(Topics.TICKS.name(prefix, ""));
    return topics;
  }

  /**
   * Rebuilds the state of an earlier life: what was decided, which audits wait, and the evidence so
   * far. What the group has not committed comes through the loop. To be called before it starts.
   *
   * @param reader reads the topics
   * @param group consumer group of the loop, its name unless the client's settings say otherwise
   */
  public void restore(TopicReader reader, String group) {
    reader.readAll(Topics.DEPLOYMENTS.name(prefix, ""), this::restoreDeployment);
    reader.readAll(Topics.LEDGER_ENTRIES.name(prefix, ""), this::restoreDecision);
    reader.readDone(
        Topics.AUDITS.name(prefix, ""),
        group,
        record ->
            read(record, Audit.class)
                .ifPresent(audit -> of(audit.model()).ifPresent(m -> m.audited(audit))));
    modelOfOutcomes.keySet().forEach(topic -> reader.readDone(topic, group, this::observe));
  }

  private void restoreDeployment(ConsumerRecord<byte[], byte[]> record) {
    read(record, Deployment.class).ifPresent(d -> of(d.model()).ifPresent(m -> m.restore(d)));
  }

  private void restoreDecision(ConsumerRecord<byte[], byte[]> record) {
    read(record, LedgerEntry.class)
        .filter(entry -> entry.kind().equals(KIND) && entry.actor().equals(NAME))
        .ifPresent(entry -> of(entry.model()).ifPresent(m -> remember(m, entry)));
  }

  private static void remember(ModelRollout model, LedgerEntry entry) {
    model.remember(entry.requestId(), Json.read(Json.write(entry.facts()), Facts.class));
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> records) {
    List<Tick> ticks = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(Topics.TICKS.name(prefix, ""))) {
        read(record, Tick.class).ifPresent(ticks::add);
      } else if (record.topic().equals(Topics.AUDITS.name(prefix, ""))) {
        read(record, Audit.class)
            .ifPresent(audit -> of(audit.model()).ifPresent(m -> m.audited(audit)));
      } else {
        observe(record);
      }
    }
    ticks.forEach(tick -> decide(tick.time()));
    outlet.flush();
  }

  private void observe(ConsumerRecord<byte[], byte[]> record) {
    String model = modelOfOutcomes.get(record.topic());
    if (model != null) {
      read(record, Outcome.class)
          .ifPresent(outcome -> of(model).ifPresent(m -> m.observe(outcome)));
    }
  }

  private void decide(Instant now) {
    models.values().forEach(model -> model.decide(now).forEach(this::publish));
  }

  private void publish(Deployment change) {
    String model = change.model();
    outlet.send(Topics.DEPLOYMENTS, model, model, change.changedAt(), Json.write(change));
    LedgerEntry entry =
        new LedgerEntry(
            KIND, NAME, model, change.requestId(), change.changedAt(), Json.tree(Facts.of(change)));
    outlet.send(Topics.LEDGER_ENTRIES, model, model, change.changedAt(), Json.write(entry));
    meters
        .counter("weir.serving.rollout", "model", model, "change", change.change().name())
        .increment();
    log.info(
        "rollout decided model={} version={} change={} reason={}",
        model,
        change.changedVersion(),
        change.change(),
        change.reason());
    show(change);
  }

  private void show(Deployment change) {
    try {
      projection.show(change);
    } catch (IOException | RuntimeException e) {
      meters.counter("weir.serving.registry.failures", "model", change.model()).increment();
      log.warn(
          "registry does not show the change model={} sequence={}",
          change.model(),
          change.sequence(),
          e);
    }
  }

  private Optional<ModelRollout> of(String model) {
    return Optional.ofNullable(models.get(model));
  }

  private <T> Optional<T> read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(record.value(), type));
    } catch (IllegalArgumentException e) {
      meters.counter("weir.serving.records.unreadable", "topic", record.topic()).increment();
      log.error("record unreadable topic={} offset={}", record.topic(), record.offset(), e);
      return Optional.empty();
    }
  }
}
