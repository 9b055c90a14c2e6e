package dev.weir.app.driver;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Paces real roles on a real broker in lock-step with event time.
 *
 * <p>Each tick publishes its labels and waits, publishes its features and waits, publishes a {@code
 * ticks} record and waits again. To wait is to wait until every role has committed past the end of
 * its inputs, jobs included, so the clock stands while a model trains. Two runs therefore give the
 * same rows, examples, versions and verdicts.
 */
public final class EventTimeDriver {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Producer<byte[], byte[]> producer;
  private final DriverClock clock;
  private final Quiescence quiescence;
  private final String ticksTopic;
  private final String model;
  private long number;

  /**
   * Creates a driver.
   *
   * @param producer sends all records, with acknowledgement by all replicas
   * @param admin reads the ends of topics
   * @param clock the clock of all roles
   * @param followers the roles to wait for
   * @param ticksTopic the topic of ticks
   * @param model the model that is driven
   * @param ticksDone number of the last tick that was published before; 0 at a first start
   */
  public EventTimeDriver(
      Producer<byte[], byte[]> producer,
      Admin admin,
      DriverClock clock,
      List<Follower> followers,
      String ticksTopic,
      String model,
      long ticksDone) {
    this.producer = producer;
    this.clock = clock;
    this.quiescence = new Quiescence(admin, followers, PATIENCE);
    this.ticksTopic = ticksTopic;
    this.model = model;
    this.number = ticksDone;
  }

  /** Returns how many ticks were published, those before a restart included. */
  public long ticksDone() {
    return number;
  }

  /** Returns when every role has handled everything that was published. */
  public void awaitQuiet() throws InterruptedException {
    quiescence.await();
  }

  /** Plays one tick that ends at {@code end}. */
  public void tick(Instant end, List<TimedRecord> labels, List<TimedRecord> features)
      throws InterruptedException {
    publish(labels);
    publish(features);
    clock.advanceTo(end);
    Tick tick = new Tick(++number, end);
    byte[] key = model.getBytes(StandardCharsets.UTF_8);
    publish(List.of(new TimedRecord(ticksTopic, end, key, Json.write(tick))));
  }

  /** Publishes records in their order and waits until every role has handled them. */
  public void publish(List<TimedRecord> records) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    for (TimedRecord record : records) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  record.topic(), 0, record.time().toEpochMilli(), record.key(), record.value())));
    }
    producer.flush();
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a record was not acknowledged", e);
    }
    if (!records.isEmpty()) {
      quiescence.await();
    }
  }
}
