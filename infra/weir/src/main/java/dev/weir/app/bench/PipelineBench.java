package dev.weir.app.bench;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/*
 *   raw produce ──► user topics ──► raw consume
 *                        ├────────► pass-through ──► copies
 *                        └────────► pipeline ──► rows, labels ──► examples ──► watch
 *
 * One side after the other, on one broker in this process, over the same records, which are all
 * there before a topology starts. A topology's clock runs from the moment when it is running to the
 * moment when the last input record, and all that follows from it, is committed.
 */

/** Measures the pipeline beside plain clients and an exactly-once pass-through. */
public final class PipelineBench implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(30);
  private static final List<Topics> FOLLOWED = List.of(Topics.ROWS, Topics.LABELS, Topics.EXAMPLES);

  private final Path directory;
  private final long seed;
  private final Clock clock;
  private final EmbeddedBroker broker;
  private final Map<String, Object> client;
  private final Admin admin;
  private final BenchTopics topics;
  private final RawClients raw;
  private int runs;

  /**
   * Creates a benchmark on a broker of its own.
   *
   * @param directory an empty one, for broker and state
   * @param seed of the streams
   * @param clock gives wall time
   */
  public PipelineBench(Path directory, long seed, Clock clock) {
    this.directory = directory;
    this.seed = seed;
    this.clock = clock;
    this.broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    this.client = Map.of("bootstrap.servers", broker.bootstrapServers());
    this.admin = Admin.create(client);
    this.topics = new BenchTopics(admin);
    this.raw = new RawClients(client);
  }

  /**
   * Runs all sides.
   *
   * @param events how many events
   * @param partitions of each partitioned topic
   * @throws IllegalStateException if the pipeline stops, or its counters are not those of the
   *     stream
   */
  public BenchRun run(long events, int partitions) throws InterruptedException {
    runs++;
    BenchModel model = BenchModel.of("bench" + runs);
    createTopics(model, partitions);
    Instant start = clock.instant().minus(BenchEvents.PACE.multipliedBy(events + 1));
    announce(model, start);
    BenchEvents stream = new BenchEvents(seed, events, start);
    List<Stage> stages = new ArrayList<>();
    stages.add(raw.produce(model, stream, events));
    Map<TopicPartition, Long> ends = topics.ends(model.userTopics());
    stages.add(raw.consume(ends, events));
    stages.add(passThrough(model, ends, events));
    Map<String, Long> counts = new HashMap<>();
    stages.add(pipeline(model, partitions, ends, stream, events, counts));
    long recoveryMillis = recover(model, partitions);
    topics.deleteAll(model);
    return new BenchRun(events, partitions, stages, recoveryMillis, counts);
  }

  private void createTopics(BenchModel model, int partitions) throws InterruptedException {
    List<String> user = model.userTopics();
    topics.create(partitions, user);
    topics.create(partitions, user.stream().map(topic -> topic + PassThrough.COPY).toList());
    topics.createOwn(model, partitions);
  }

  private void announce(BenchModel model, Instant at) throws InterruptedException {
    String name = model.spec().model();
    byte[] profile = Json.write(model.profile(seed, at));
    raw.send(model.names().of(Topics.REFERENCES), name + "/1", profile, at);
    raw.send(model.names().of(Topics.DEPLOYMENTS), name, Json.write(model.champion(at)), at);
  }

  private Stage passThrough(BenchModel model, Map<TopicPartition, Long> ends, long events)
      throws InterruptedException {
    try (PassThrough side = new PassThrough(model, client, state("pass-through"))) {
      return measure(Stage.PASS_THROUGH, side, events, () -> isPast(side.committed(), ends));
    }
  }

  private Stage pipeline(
      BenchModel model,
      int partitions,
      Map<TopicPartition, Long> ends,
      BenchEvents stream,
      long events,
      Map<String, Long> counts)
      throws InterruptedException {
    try (OurSide side = new OurSide(model, client, state("pipeline"), partitions, clock)) {
      Followed followed = new Followed(model, side, ends, stream.labels());
      Stage stage = measure(Stage.PIPELINE, side, events, followed::isDone);
      counts.putAll(side.counts());
      require(counts, stream, events);
      return stage;
    }
  }

  /** A benchmark of something that is not right would be worth nothing. */
  private static void require(Map<String, Long> counts, BenchEvents stream, long events) {
    Map<String, Long> expected =
        Map.of(
            "rows",
            events,
            "labels",
            stream.labels() + stream.copies(),
            "examples",
            stream.labels(),
            "duplicateLabels",
            stream.copies(),
            "deadLetters",
            0L,
            "tooLate",
            0L,
            "orphan",
            0L);
    expected.forEach(
        (name, count) -> {
          long was = counts.getOrDefault(name, 0L);
          if (was != count) {
            throw new IllegalStateException(name + " must be " + count + ", was " + was);
          }
        });
  }

  /** Is done when every example was joined and all that follows it committed. */
  private final class Followed {
    private final BenchModel model;
    private final OurSide side;
    private final Map<TopicPartition, Long> ends;
    private final long examples;

    Followed(BenchModel model, OurSide side, Map<TopicPartition, Long> ends, long examples) {
      this.model = model;
      this.side = side;
      this.ends = ends;
      this.examples = examples;
    }

    boolean isDone() throws InterruptedException {
      Map<TopicPartition, Long> committed = side.committed();
      if (!isPast(committed, ends) || side.counts().getOrDefault("examples", 0L) < examples) {
        return false;
      }
      Map<TopicPartition, Long> own =
          topics.ends(FOLLOWED.stream().map(model.names()::of).toList());
      // The last record of a partition is the marker of its transaction.
      own.replaceAll((partition, end) -> end - 1);
      return isPast(committed, own);
    }
  }

  private long recover(BenchModel model, int partitions) throws InterruptedException {
    delete(state("pipeline"));
    try (OurSide side = new OurSide(model, client, state("pipeline"), partitions, clock)) {
      side.start();
      await(side, side::isRunning);
      return side.recovery().toMillis();
    }
  }

  /** Something that holds at last. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static Stage measure(String name, Side side, long events, Condition isDone)
      throws InterruptedException {
    side.start();
    await(side, side::isRunning);
    StageClock clock = new StageClock();
    await(side, isDone);
    return clock.stop(name, events);
  }

  private static void await(Side side, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (side.failure().isPresent()) {
        throw new IllegalStateException("the topology stopped", side.failure().get());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not done after 30 minutes: " + side.committed());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static boolean isPast(
      Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private Path state(String side) {
    return directory.resolve("state").resolve(side);
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the broker and deletes its records: a large run leaves gigabytes. */
  @Override
  public void close() {
    admin.close();
    broker.close();
    delete(directory.resolve("broker"));
    delete(directory.resolve("state"));
  }
}
