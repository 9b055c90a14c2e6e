package dev.weir.app.demo;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the control topics and the predictions to their ends, writes the chronicle and tells the
 * story.
 */
final class ControlFeed implements AutoCloseable {
  private final TopicNames names;
  private final Chronicle chronicle;
  private final Story story;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Deserializer<Prediction> predictions = AvroSerde.predictions().deserializer();

  ControlFeed(TopicNames names, Map<String, Object> client, Chronicle chronicle, Story story) {
    this.names = names;
    this.chronicle = chronicle;
    this.story = story;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    // A fetch that waits on one topic keeps the next topic's from being sent.
    settings.put("fetch.max.wait.ms", 20);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partitions =
        List.of(
                Topics.SIGNALS,
                Topics.TRAINING_REQUESTS,
                Topics.CANDIDATES,
                Topics.AUDITS,
                Topics.DEPLOYMENTS,
                Topics.PREDICTIONS)
            .stream()
            .flatMap(topic -> consumer.partitionsFor(names.of(topic)).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what is new; call it when all roles rest. */
  void catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.pause(partitions);
      consumer.resume(List.of(partition));
      while (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
        consumer.poll(Duration.ofMillis(50)).forEach(this::take);
      }
    }
    consumer.resume(partitions);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(names.of(Topics.PREDICTIONS))) {
      take(predictions.deserialize(record.topic(), record.value()));
    } else if (record.topic().equals(names.of(Topics.SIGNALS))) {
      take(Json.read(record.value(), Signal.class));
    } else if (record.topic().equals(names.of(Topics.TRAINING_REQUESTS))) {
      take(Json.read(record.value(), TrainingRequest.class));
    } else if (record.topic().equals(names.of(Topics.CANDIDATES))) {
      take(Json.read(record.value(), Candidate.class));
    } else if (record.topic().equals(names.of(Topics.AUDITS))) {
      take(Json.read(record.value(), Audit.class));
    } else {
      take(Json.read(record.value(), Deployment.class));
    }
  }

  private void take(Prediction prediction) {
    if (prediction.role() == ServingRole.CHAMPION) {
      chronicle.see("serving-" + prediction.version());
    }
  }

  /** The story tells what the loop answers; other alarms are on the topic and on the dashboard. */
  private void take(Signal signal) {
    if (!signal.isAlarm() || !signal.detector().equals("adwin")) {
      return;
    }
    chronicle.alarms.add(signal);
    chronicle.see("alarm-" + signal.version());
    story.tell(
        signal.eventTime(),
        "ALARM      "
            + signal.detector()
            + " sees the "
            + signal.signal()
            + " of v"
            + signal.version()
            + " change");
  }

  private void take(TrainingRequest request) {
    chronicle.requests.add(request);
    chronicle.see("request-" + request.requestId());
    story.tell(
        request.requestedAt(),
        "REQUEST    "
            + request.requestId()
            + " ("
            + request.trigger()
            + "): "
            + request.reason()
            + " "
            + request.training());
  }

  private void take(Candidate candidate) {
    chronicle.candidates.add(candidate);
    String text =
        candidate.status() == Candidate.Status.FAILED
            ? "FAILED     " + candidate.request().requestId() + ": " + candidate.failure()
            : String.format(
                Locale.ROOT,
                "TRAINED    v%d, %.0f J (%s); the clock stood while the job ran",
                candidate.version(),
                candidate.metrics().getOrDefault("joules", Double.NaN),
                candidate.energyMethod());
    story.tell(candidate.finishedAt(), text);
  }

  private void take(Audit audit) {
    chronicle.audits.add(audit);
    story.tell(
        audit.auditedAt(), "AUDITED    v" + audit.version() + ": " + audit.verdict().answer());
    audit.verdict().reasons().forEach(r -> story.tell(audit.auditedAt(), "             " + r));
    Findings.warnings(audit.verdict().results())
        .forEach(w -> story.tell(audit.auditedAt(), "             " + w));
  }

  private void take(Deployment deployment) {
    chronicle.deployments.add(deployment);
    chronicle.see(deployment.change() + "-" + deployment.changedVersion());
    Instant at = deployment.changedAt();
    story.tell(
        at,
        String.format(
            Locale.ROOT,
            "%-10s v%d: %s",
            deployment.change(),
            deployment.changedVersion(),
            shortened(deployment)));
  }

  /** The reasons of a refusal were told with the audit, just before. */
  private static String shortened(Deployment deployment) {
    int colon = deployment.reason().indexOf(':');
    return deployment.change() == Deployment.Change.REFUSED && colon > 0
        ? deployment.reason().substring(0, colon)
        : deployment.reason();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
