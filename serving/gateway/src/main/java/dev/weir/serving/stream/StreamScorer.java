package dev.weir.serving.stream;

import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.live.Lease;
import dev.weir.serving.live.LiveModels;
import dev.weir.serving.live.ServingModel;
import dev.weir.serving.publish.Outlet;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the rows of the stream with champion and challenger. Before each batch it applies the
 * deployments that are on their topic, so that which version scores a row is decided by what was
 * deployed before the row came. Rows that came by REST were scored there.
 *
 * <p>Each row is scored by the versions of its own spec. Where two specs of a model encode side by
 * side, an event has a row of each: the champion, or its predecessor of the former spec, scores the
 * one whose spec decides the event; the challenger scores that of its spec.
 */
public final class StreamScorer implements RecordLoop.Handler {
  private static final Logger log = LoggerFactory.getLogger(StreamScorer.class);

  private final Map<String, String> modelOfTopic = new TreeMap<>();
  private final LiveModels live;
  private final Runnable catchUp;
  private final Outlet outlet;
  private final MeterRegistry meters;
  private final Deserializer<Row> rows = AvroSerde.rows().deserializer();
  private final Serializer<Prediction> predictions = AvroSerde.predictions().serializer();

  /**
   * Creates a scorer.
   *
   * @param prefix first part of the topics' names
   * @param models the models whose rows are scored, each with one spec
   * @param live what is live
   * @param catchUp applies the deployments that are on their topic now
   * @param outlet where predictions go
   * @param meters counts what was scored and what was not
   */
  public StreamScorer(
      String prefix,
      Collection<String> models,
      LiveModels live,
      Runnable catchUp,
      Outlet outlet,
      MeterRegistry meters) {
    this(
        models.stream().map(model -> new TopicNames(prefix, model)).toList(),
        live,
        catchUp,
        outlet,
        meters);
  }

  /**
   * Creates a scorer.
   *
   * @param specs the names of the topics of each spec whose rows are scored
   * @param live what is live
   * @param catchUp applies the deployments that are on their topic now
   * @param outlet where predictions go
   * @param meters counts what was scored and what was not
   */
  public StreamScorer(
      List<TopicNames> specs,
      LiveModels live,
      Runnable catchUp,
      Outlet outlet,
      MeterRegistry meters) {
    specs.forEach(names -> modelOfTopic.put(names.of(Topics.ROWS), names.model()));
    this.live = live;
    this.catchUp = catchUp;
    this.outlet = outlet;
    this.meters = meters;
  }

  /** The topics that a loop must hand to this. */
  public Collection<String> topics() {
    return List.copyOf(modelOfTopic.keySet());
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> records) {
    catchUp.run();
    Map<String, List<Row>> byModel = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String model = modelOfTopic.get(record.topic());
      if (model != null) {
        read(model, record)
            .filter(row -> row.origin() != Origin.REST)
            .ifPresent(row -> byModel.computeIfAbsent(model, m -> new ArrayList<>()).add(row));
      }
    }
    byModel.forEach(this::score);
    outlet.flush();
  }

  /** Returns true: a prediction that comes twice is dropped by the outcome join. */
  @Override
  public boolean isRepeatable() {
    return true;
  }

  private Optional<Row> read(String model, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(rows.deserialize(record.topic(), record.value()));
    } catch (SerializationException e) {
      count("weir.serving.rows.unreadable", model, 1);
      log.warn("row unreadable topic={} offset={}", record.topic(), record.offset(), e);
      return Optional.empty();
    }
  }

  private void score(String model, List<Row> rows) {
    Optional<Lease> champion = live.champion(model);
    if (champion.isEmpty()) {
      count("weir.serving.rows.unscored", model, rows.size());
      return;
    }
    List<Row> deciding = rows.stream().filter(row -> row.origin() == Origin.STREAM).toList();
    Set<Row> scored = Collections.newSetFromMap(new IdentityHashMap<>());
    score(model, champion, ServingRole.CHAMPION, deciding, scored);
    score(model, live.predecessor(model), ServingRole.CHAMPION, deciding, scored);
    score(model, live.challenger(model), ServingRole.SHADOW, rows, scored);
    count("weir.serving.rows.other-spec", model, rows.size() - scored.size());
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private void score(
      String model, Optional<Lease> by, ServingRole role, List<Row> all, Set<Row> scored) {
    if (by.isEmpty()) {
      return;
    }
    try (Lease lease = by.get()) {
      String digest = lease.model().specDigest();
      List<Row> fitting = all.stream().filter(row -> row.specDigest().equals(digest)).toList();
      scored.addAll(fitting);
      score(model, lease, role, fitting);
    }
  }

  private void score(String model, Lease lease, ServingRole role, List<Row> fitting) {
    if (fitting.isEmpty()) {
      return;
    }
    float[][] features = new float[fitting.size()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = fitting.get(i).features().toArray();
    }
    double[] scores = lease.positive(features);
    for (int i = 0; i < features.length; i++) {
      send(model, lease.model(), role, fitting.get(i), scores[i]);
    }
    count("weir.serving.predictions", model, scores.length);
  }

  private void send(
      String model, ServingModel scoredBy, ServingRole role, Row row, double probability) {
    Prediction prediction =
        new Prediction(
            row.eventId(),
            row.eventTime(),
            scoredBy.version(),
            role,
            probability,
            row.origin(),
            scoredBy.selects(probability, row.groups()));
    outlet.send(
        Topics.PREDICTIONS,
        model,
        row.eventId(),
        row.eventTime(),
        predictions.serialize("predictions", prediction));
  }

  private void count(String name, String model, int n) {
    meters.counter(name, "model", model).increment(n);
  }
}
