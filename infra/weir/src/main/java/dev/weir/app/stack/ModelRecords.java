package dev.weir.app.stack;

import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.ModelRecord;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code models} says of one model. It is written in transactions, and of two stacks that
 * write for one model the earlier one is fenced off.
 */
final class ModelRecords implements AutoCloseable {
  private static final String KIND = "spec-cut-over";
  private static final String ACTOR = "pipeline";

  private final TopicNames names;
  private final Policy policy;
  private final RangeReader reader;
  private final KafkaProducer<byte[], byte[]> producer;

  ModelRecords(TopicNames names, Policy policy, Map<String, Object> client) {
    this.names = names;
    this.policy = policy;
    this.reader = new RangeReader(client);
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("transactional.id", names.prefix() + "-models-" + names.model());
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Returns the specs that the model has had; empty before its first start. */
  Optional<SpecSuccession> succession() {
    return last(Topics.MODELS)
        .map(record -> Json.read(record.value(), ModelRecord.class))
        .map(record -> new SpecSuccession(record.generations()));
  }

  /** Returns what is live. */
  Optional<Deployment> deployment() {
    return last(Topics.DEPLOYMENTS).map(record -> Json.read(record.value(), Deployment.class));
  }

  private Optional<ConsumerRecord<byte[], byte[]>> last(Topics topic) {
    byte[] key = key();
    return reader.readAll(names.of(topic)).stream()
        .filter(record -> Arrays.equals(record.key(), key) && record.value() != null)
        .reduce((earlier, later) -> later);
  }

  /** Says what the model's specs are. */
  void write(SpecSuccession succession) {
    producer.beginTransaction();
    send(Topics.MODELS, null, record(succession));
    producer.commitTransaction();
  }

  /** Says, here and for the ledger, that a spec is live from {@code at} on: both or nothing. */
  void write(SpecSuccession succession, CutOver at) {
    SpecGeneration live = succession.live();
    Map<String, Object> facts = new TreeMap<>();
    facts.put("generation", live.number());
    facts.put("specDigest", live.specDigest());
    facts.put("version", at.version());
    facts.put("offsets", at.offsets());
    facts.put("reason", at.reason());
    LedgerEntry entry =
        new LedgerEntry(
            KIND, ACTOR, names.model(), at.requestId(), at.tick().time(), Json.tree(facts));
    producer.beginTransaction();
    send(Topics.MODELS, null, record(succession));
    send(Topics.LEDGER_ENTRIES, at.tick().time(), entry);
    producer.commitTransaction();
  }

  private ModelRecord record(SpecSuccession succession) {
    SpecGeneration live = succession.live();
    return new ModelRecord(
        names.model(),
        live.specText(),
        live.specDigest(),
        policy.text(),
        policy.digest(),
        succession.generations());
  }

  private void send(Topics topic, @Nullable Instant time, Object value) {
    producer.send(
        new ProducerRecord<>(
            names.of(topic),
            null,
            time == null ? null : time.toEpochMilli(),
            key(),
            Json.write(value)));
  }

  private byte[] key() {
    return names.model().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
