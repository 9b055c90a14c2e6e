package dev.weir.app.backtest;

import dev.weir.app.driver.EventTimeDriver;
import dev.weir.app.replay.Chronicle;
import dev.weir.app.replay.ControlFeed;
import dev.weir.app.replay.Story;
import dev.weir.app.replay.TickQueue;
import dev.weir.app.stack.Stack;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A file of the past on its way through the real topologies, trainer, auditor and rollout, tick by
 * tick.
 *
 * <p>A row is decided by the version that was champion when its tick began, and trains only
 * versions that come after its tick: predict, then learn. Its derived features know each label from
 * that label's own time on, also within the tick. After the last row one long tick follows, at
 * whose end every label is in or has expired.
 */
public final class Replay implements AutoCloseable {
  private final Stack stack;
  private final Policy policy;
  private final Recording recording;
  private final Instant start;
  private final Cost cost;

  Replay(Stack stack, Policy policy, Recording recording, Instant start, Cost cost) {
    this.stack = stack;
    this.policy = policy;
    this.recording = recording;
    this.start = start;
    this.cost = cost;
  }

  /**
   * Plays the file, once, and returns what happened.
   *
   * @param story where it tells what happens
   */
  public BacktestReport play(Story story) throws InterruptedException {
    Chronicle chronicle = new Chronicle();
    try (ControlFeed feed = new ControlFeed(stack.names(), stack.client(), chronicle, story)) {
      play(feed, story);
    }
    Tape tape = new Tape(recording.ids());
    tape.read(stack.client(), stack.names());
    return new ReportWriter(stack.spec(), policy, recording, chronicle)
        .write(tape.labelled(), stack.counts(), cost);
  }

  private void play(ControlFeed feed, Story story) throws InterruptedException {
    Events events = stack.spec().events();
    Duration tick = events.tick();
    TickQueue features = new TickQueue(recording.features());
    TickQueue labels = new TickQueue(recording.labels());
    EventTimeDriver driver = stack.driver();
    long all = Duration.between(start, recording.last()).dividedBy(tick) + 1;
    driver.awaitQuiet();
    for (long n = 1; n <= all; n++) {
      Instant end = start.plus(tick.multipliedBy(n));
      driver.tick(end, labels.until(end), features.until(end));
      feed.catchUp();
      story.progress(n, all, end);
    }
    Instant expired = start.plus(tick.multipliedBy(all + 1)).plus(events.labelWithin());
    driver.tick(expired, List.of(), List.of());
    feed.catchUp();
  }

  @Override
  public void close() {
    stack.close();
  }
}
