package dev.weir.app;

import dev.weir.app.flights.FlightEvents;
import dev.weir.app.replay.Story;
import dev.weir.app.stack.Stack;
import dev.weir.testkit.await.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What can go wrong in a month: records that nobody can use on the 4th, a training child killed in
 * the middle of its job, and a stop of everything in the middle of a tick on the 11th.
 */
final class Disturbance implements Story {
  /** What becomes of the bad records, by counter. */
  static final Map<String, Long> COUNTS =
      Map.of(
          "deadLetters", 7L,
          "deadLetters.MALFORMED_JSON", 2L,
          "deadLetters.MISSING_FIELD", 1L,
          "deadLetters.WRONG_TYPE", 1L,
          "deadLetters.NOT_FINITE", 1L,
          "deadLetters.TOO_LARGE", 1L,
          "deadLetters.TOO_AHEAD", 1L,
          "orphan", 1L);

  private static final Instant BAD_RECORDS_AT = Instant.parse("2014-01-04T00:00:00Z");
  private static final Instant STOP_AT = Instant.parse("2014-01-11T18:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Stack stack;
  private final Path jobs;
  private final Thread killer = new Thread(this::killFirstChild, "killer");
  private volatile boolean hasKilled;

  Disturbance(Stack stack, Path directory) {
    this.stack = stack;
    this.jobs = directory.resolve("jobs");
    killer.setDaemon(true);
    killer.start();
  }

  /** Returns whether a child was killed in the middle of its job. */
  boolean hasKilled() {
    return hasKilled;
  }

  @Override
  public void tell(Instant eventTime, String sentence) {
    // what is told is in the report, too
  }

  @Override
  public void progress(long done, long all, Instant eventTime) {
    if (eventTime.equals(BAD_RECORDS_AT)) {
      badRecords().forEach(this::send);
    }
    if (eventTime.equals(STOP_AT)) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> badRecords() {
    return List.of(
        departure("{\"flightId\": \"broken"),
        departure(good("nan").replace("500", "NaN")),
        departure(good("none").replace("flightId", "flight")),
        departure(good("text").replace("500", "\"far\"")),
        departure(good("huge").replace("500", "1e300")),
        departure(good("large").replace("}", ", \"pad\": \"" + "x".repeat(2_000_000) + "\"}")),
        departure(good("future").replace("2014-01-03", "2099-01-03")),
        record(
            FlightEvents.ARRIVALS,
            "{\"flightId\": \"unknown\", \"arrivalTime\": \"2013-12-20T13:00:00Z\", \"arrDel15\": 1,"
                + " \"carrier\": \"nobody\", \"origin\": \"nowhere\", \"destination\": \"nowhere\"}"));
  }

  private static String good(String id) {
    return "{\"flightId\": \""
        + id
        + "\", \"departureTime\": \"2014-01-03T12:00:00Z\", \"carrier\": \"AA\","
        + " \"origin\": \"ATL\", \"destination\": \"BOS\", \"distance\": 500,"
        + " \"scheduledMinutes\": 90}";
  }

  private static ProducerRecord<byte[], byte[]> departure(String json) {
    return record(FlightEvents.DEPARTURES, json);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String json) {
    return new ProducerRecord<>(
        topic, 0, BAD_RECORDS_AT.toEpochMilli(), null, json.getBytes(StandardCharsets.UTF_8));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      stack.producer().send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a bad record was not sent", e);
    }
  }

  private void killFirstChild() {
    Await.until(PATIENCE, this::isKilled, () -> "no training child was seen at work");
    hasKilled = true;
  }

  private boolean isKilled() {
    return isTraining()
        && ProcessHandle.current()
            .children()
            .findFirst()
            .map(ProcessHandle::destroyForcibly)
            .orElse(false);
  }

  /** A child says so with a file once it has read its rows. */
  private boolean isTraining() {
    try (Stream<Path> files = Files.walk(jobs)) {
      return files.anyMatch(file -> file.endsWith("begun"));
    } catch (IOException | UncheckedIOException e) {
      return false; // Directories of jobs come and go.
    }
  }
}
