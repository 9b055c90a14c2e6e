package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.ledger.LedgerWorker;
import dev.weir.auditor.verify.LedgerFile;
import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void aRestartedWorkerContinuesTheChainAndChainsEachEntryOnce() throws IOException {
    String prefix = TestBroker.uniqueName("ledger");
    String entries = Topics.LEDGER_ENTRIES.name(prefix, "");
    String ledger = Topics.LEDGER.name(prefix, "");
    TestBroker.createTopics(entries, ledger);
    Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    chain(prefix, client, entries, ledger, 0, 5);
    chain(prefix, client, entries, ledger, 5, 9);
    Path file = directory.resolve("ledger.jsonl");
    LedgerFile.write(file, records(ledger));
    assertThat(LedgerFile.verify(file).intact()).isEqualTo(9);
    assertThat(LedgerFile.verify(file).problem()).isEmpty();
  }

  private static void chain(
      String prefix, Map<String, Object> client, String entries, String ledger, int from, int to) {
    try (LedgerWorker worker = new LedgerWorker(prefix, client);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      worker.start();
      for (int i = from; i < to; i++) {
        producer.send(new ProducerRecord<>(entries, Json.write(entry(i))));
      }
      producer.flush();
      Await.until(PATIENCE, () -> records(ledger).size() == to, () -> "ledger is not at " + to);
    }
  }

  @Test
  void aChangedByteIsNamed() throws IOException {
    List<LedgerRecord> records = new ArrayList<>();
    String previous = LedgerRecord.GENESIS;
    for (int i = 0; i < 4; i++) {
      LedgerRecord record = LedgerRecord.chain(i, previous, entry(i));
      records.add(record);
      previous = record.hash();
    }
    Path file = directory.resolve("ledger.jsonl");
    LedgerFile.write(file, records);
    Files.writeString(file, Files.readString(file).replace("\"number\":2", "\"number\":7"));
    LedgerFile.Finding finding = LedgerFile.verify(file);
    assertThat(finding.intact()).isEqualTo(2);
    assertThat(finding.problem().orElseThrow()).contains("record 2");
  }

  /** Bits that reading would drop, such as one in a property's name, count as well. */
  @Test
  void everyFlippedBitOfALedgerFileIsFound() throws IOException {
    Path file = directory.resolve("ledger.jsonl");
    LedgerRecord first = LedgerRecord.chain(0, LedgerRecord.GENESIS, entry(0));
    LedgerFile.write(file, List.of(first, LedgerRecord.chain(1, first.hash(), entry(1))));
    byte[] intact = Files.readAllBytes(file);
    List<Integer> missed = new ArrayList<>();
    for (int bit = 0; bit < 8 * (intact.length - 1); bit++) {
      byte[] changed = intact.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, changed);
      if (LedgerFile.verify(file).problem().isEmpty()) {
        missed.add(bit);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void aLineThatSaysMoreThanTheLedgerWroteIsFound() throws IOException {
    Path file = directory.resolve("ledger.jsonl");
    LedgerFile.write(file, List.of(LedgerRecord.chain(0, LedgerRecord.GENESIS, entry(0))));
    Files.writeString(
        file, Files.readString(file).replace("{\"entry\"", "{\"approvedBy\":\"x\",\"entry\""));
    assertThat(LedgerFile.verify(file).problem().orElseThrow()).contains("record 0");
  }

  @Test
  void anEmptyFileIsNoLedger() throws IOException {
    Path file = Files.createFile(directory.resolve("ledger.jsonl"));
    assertThat(LedgerFile.verify(file).problem().orElseThrow()).contains("no record");
  }

  @Test
  void aSecondWorkerFencesTheFirstAndTheChainDoesNotFork() throws IOException {
    String prefix = TestBroker.uniqueName("ledger");
    String entries = Topics.LEDGER_ENTRIES.name(prefix, "");
    String ledger = Topics.LEDGER.name(prefix, "");
    TestBroker.createTopics(entries, ledger);
    Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    try (LedgerWorker first = new LedgerWorker(prefix, client);
        LedgerWorker second = new LedgerWorker(prefix, client)) {
      first.start();
      send(client, entries, 0, 3);
      Await.until(PATIENCE, () -> records(ledger).size() == 3, () -> "first is not done");
      second.start();
      Await.until(PATIENCE, () -> !second.committed().isEmpty(), () -> "second is not ready");
      send(client, entries, 3, 8);
      Await.until(PATIENCE, () -> first.failure().isPresent(), () -> "first is not fenced");
      Await.until(PATIENCE, () -> records(ledger).size() >= 8, () -> "second is not done");
      assertThat(second.failure()).isEmpty();
    }
    Path file = directory.resolve("ledger.jsonl");
    LedgerFile.write(file, records(ledger));
    assertThat(LedgerFile.verify(file).intact()).isEqualTo(8);
    assertThat(LedgerFile.verify(file).problem()).isEmpty();
  }

  /** Two installations on one cluster keep apart by their prefix. */
  @Test
  void workersOfTwoPrefixesDoNotFenceEachOther() {
    Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    String one = TestBroker.uniqueName("ledger");
    String two = TestBroker.uniqueName("ledger");
    for (String prefix : List.of(one, two)) {
      TestBroker.createTopics(
          Topics.LEDGER_ENTRIES.name(prefix, ""), Topics.LEDGER.name(prefix, ""));
    }
    try (LedgerWorker first = new LedgerWorker(one, client);
        LedgerWorker second = new LedgerWorker(two, client)) {
      first.start();
      Await.until(PATIENCE, () -> !first.committed().isEmpty(), () -> "first is not ready");
      second.start();
      Await.until(PATIENCE, () -> !second.committed().isEmpty(), () -> "second is not ready");
      send(client, Topics.LEDGER_ENTRIES.name(one, ""), 0, 1);
      Await.until(
          PATIENCE,
          () -> first.failure().isPresent() || records(Topics.LEDGER.name(one, "")).size() == 1,
          () -> "first does nothing");
      assertThat(first.failure()).isEmpty();
    }
  }

  private static void send(Map<String, Object> client, String topic, int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        producer.send(new ProducerRecord<>(topic, Json.write(entry(i))));
      }
    }
  }

  @Test
  void aSecondStartUsesTheSameKeyAndHalfAPairIsRefused() throws IOException {
    String id = SigningKey.in(directory).id();
    assertThat(SigningKey.in(directory).id()).isEqualTo(id);
    Files.delete(directory.resolve("auditor.pub.pem"));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> SigningKey.in(directory)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one file is missing");
  }

  private static List<LedgerRecord> records(String ledger) {
    return TestBroker.readAll(ledger).stream()
        .map(record -> Json.read(record.value(), LedgerRecord.class))
        .toList();
  }

  private static LedgerEntry entry(int number) {
    return new LedgerEntry(
        "audit",
        "auditor",
        "m",
        "r" + number,
        Instant.EPOCH,
        JsonNodeFactory.instance.objectNode().put("number", number));
  }
}
