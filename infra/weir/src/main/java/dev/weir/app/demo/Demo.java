package dev.weir.app.demo;

import dev.weir.app.driver.EventTimeDriver;
import dev.weir.app.driver.TimedRecord;
import dev.weir.app.flights.Flight;
import dev.weir.app.flights.FlightEvents;
import dev.weir.app.replay.Chronicle;
import dev.weir.app.replay.ControlFeed;
import dev.weir.app.replay.Story;
import dev.weir.app.replay.TickQueue;
import dev.weir.app.stack.Stack;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The script: one month of flights, one drift, one sabotage. */
public final class Demo {
  /** Event time at which the replay starts. */
  public static final Instant START = Instant.parse("2014-01-01T00:00:00Z");

  /** Topic of the tampered examples; it must exist before the replay. */
  public static final String TAMPERED_TOPIC = "flights.tampered-examples";

  private static final Instant SABOTAGE_AT = Instant.parse("2014-01-20T00:00:00Z");
  private static final int SABOTAGE_WINDOW = 1500;
  private static final String SABOTAGED = "flights-sabotaged";
  private static final String HONEST_TWIN = "flights-honest-twin";

  private final Stack stack;
  private final List<Flight> flights;
  private final Story story;
  private final Chronicle chronicle = new Chronicle();

  /**
   * Creates a run.
   *
   * @param stack the running roles
   * @param flights the flights, both copies of each
   * @param story where it tells what happens
   */
  public Demo(Stack stack, List<Flight> flights, Story story) {
    this.stack = stack;
    this.flights = flights;
    this.story = story;
  }

  /**
   * Plays the whole month and returns what happened. On a stack that was stopped in the middle, it
   * goes on after the last finished tick and sends the unfinished one again.
   */
  public DemoReport play() throws InterruptedException {
    long startedAt = System.nanoTime();
    try (ControlFeed feed = new ControlFeed(stack.names(), stack.client(), chronicle, story)) {
      replay(feed);
    }
    double wallSeconds = (System.nanoTime() - startedAt) / 1e9;
    return new ReportWriter(stack, chronicle, flights).write(SABOTAGED, wallSeconds);
  }

  private void replay(ControlFeed feed) throws InterruptedException {
    TickQueue labels = new TickQueue(FlightEvents.labels(flights));
    TickQueue features = new TickQueue(FlightEvents.features(flights));
    Duration tick = stack.spec().events().tick();
    Instant last = labels.last().isAfter(features.last()) ? labels.last() : features.last();
    Instant stop = last.plus(stack.spec().events().labelWithin()).plus(tick);
    long all = Duration.between(START, stop).dividedBy(tick) + 1;
    EventTimeDriver driver = stack.driver();
    long done = driver.ticksDone();
    Instant resumed = START.plus(tick.multipliedBy(done));
    labels.skipUntil(resumed);
    features.skipUntil(resumed);
    driver.awaitQuiet();
    feed.catchUp();
    sabotageWhenDue(driver, feed, resumed);
    for (long n = done + 1; n <= all; n++) {
      Instant end = START.plus(tick.multipliedBy(n));
      driver.tick(end, labels.until(end), features.until(end));
      feed.catchUp();
      sabotageWhenDue(driver, feed, end);
      story.progress(n, all, end);
    }
  }

  private void sabotageWhenDue(EventTimeDriver driver, ControlFeed feed, Instant now)
      throws InterruptedException {
    if (!now.isBefore(SABOTAGE_AT) && !chronicle.wasRequested(HONEST_TWIN)) {
      sabotage(driver, now);
      feed.catchUp();
    }
  }

  private void sabotage(EventTimeDriver driver, Instant now) throws InterruptedException {
    ExampleLog log = ExampleLog.read(stack.names().of(Topics.EXAMPLES), stack.client());
    var range = log.lastRanges(SABOTAGE_WINDOW);
    TrainingRequest honest =
        new TrainingRequest(
            HONEST_TWIN,
            stack.spec().model(),
            stack.spec().digest(),
            "operator",
            "honest twin of the sabotaged candidate",
            range,
            range,
            now,
            stack.spec().training().seed() + SABOTAGE_WINDOW);
    TrainingRequest sabotaged =
        new Sabotage(stack.producer(), stack.spec())
            .tamper(log.last(SABOTAGE_WINDOW), honest, SABOTAGED);
    story.tell(
        now, "SABOTAGE   on purpose: a tampered training topic, labels of small airports flipped");
    driver.publish(List.of(request(sabotaged, now)));
    driver.publish(List.of(request(honest, now)));
  }

  private TimedRecord request(TrainingRequest request, Instant now) {
    return new TimedRecord(
        stack.names().of(Topics.TRAINING_REQUESTS),
        now,
        stack.spec().model().getBytes(StandardCharsets.UTF_8),
        Json.write(request));
  }
}
