package dev.weir.app.replay;

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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the control topics and the predictions to their ends, writes the chronicle and tells the
 * story.
 */
public final class ControlFeed implements AutoCloseable {
  private final Chronicle chronicle;
  private final Story story;
  private final TopicFeed feed;
  private final Deserializer<Prediction> predictions = AvroSerde.predictions().deserializer();

  /**
   * Creates a feed from the beginnings of the topics.
   *
   * @param names the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   */
  public ControlFeed(
      TopicNames names, Map<String, Object> client, Chronicle chronicle, Story story) {
    this.chronicle = chronicle;
    this.story = story;
    Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers = new LinkedHashMap<>();
    takers.put(names.of(Topics.SIGNALS), r -> take(Json.read(r.value(), Signal.class)));
    takers.put(
        names.of(Topics.TRAINING_REQUESTS), r -> take(Json.read(r.value(), TrainingRequest.class)));
    takers.put(names.of(Topics.CANDIDATES), r -> take(Json.read(r.value(), Candidate.class)));
    takers.put(names.of(Topics.AUDITS), r -> take(Json.read(r.value(), Audit.class)));
    takers.put(names.of(Topics.DEPLOYMENTS), r -> take(Json.read(r.value(), Deployment.class)));
    takers.put(
        names.of(Topics.PREDICTIONS), r -> take(predictions.deserialize(r.topic(), r.value())));
    this.feed = new TopicFeed(client, takers);
  }

  /** Reads what is new; call it when all roles rest. */
  public void catchUp() {
    feed.catchUp();
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
    GateWarnings.of(audit.verdict().results())
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
    feed.close();
  }
}
