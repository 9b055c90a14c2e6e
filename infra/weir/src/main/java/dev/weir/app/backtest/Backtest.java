package dev.weir.app.backtest;

import dev.weir.app.driver.DriverClock;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.energy.EnergyMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A file of the past that is ready to go through the whole loop; immutable. */
public final class Backtest {
  private final ModelSpec spec;
  private final Policy policy;
  private final Recording recording;

  private Backtest(ModelSpec spec, Policy policy, Recording recording) {
    this.spec = spec;
    this.policy = policy;
    this.recording = recording;
  }

  /**
   * Reads the file and starts nothing.
   *
   * @param tick in place of the spec's
   * @throws dev.weir.app.csv.CsvException if the file cannot be used as the spec needs
   */
  public static Backtest of(ModelSpec spec, Policy policy, Duration tick, Question question)
      throws IOException {
    if (tick.toMillis() < 1) {
      throw new IllegalArgumentException("a tick must be at least PT0.001S, was " + tick);
    }
    return new Backtest(driven(spec, tick), policy, Recording.read(question, spec));
  }

  /**
   * The clock stands at a tick's beginning while its records come, so a record may be a whole tick
   * ahead of it. The digest stays that of the user's file.
   */
  private static ModelSpec driven(ModelSpec spec, Duration tick) {
    Events events = spec.events();
    return new ModelSpec(
        spec.model(),
        spec.version(),
        new Events(
            events.features(),
            events.labels(),
            events.labelWithin(),
            events.missingLabels(),
            events.onConflict(),
            events.erasures(),
            events.maxAhead().plus(tick),
            tick),
        spec.features(),
        spec.groups(),
        spec.training(),
        spec.decisionThreshold(),
        spec.triggers(),
        spec.monitors(),
        spec.rollout(),
        spec.about(),
        spec.text(),
        spec.digest());
  }

  /** Returns what the file does not say and is assumed, in words. */
  public List<String> assumptions() {
    return recording.assumptions();
  }

  /**
   * Starts a stack of its own for the file.
   *
   * @param directory where broker, registry and stores live; empty
   * @param childClassPath the file with the training child's class path
   */
  public Replay start(Path directory, Path childClassPath)
      throws IOException, InterruptedException {
    Cost cost = new Cost(System.nanoTime(), Cost.cpuSeconds(), EnergyMeter.start());
    Instant start = floor(recording.first());
    StackSettings settings =
        new StackSettings(
            directory, childClassPath, spec, policy, new DriverClock(start), true, List.of());
    return new Replay(Stack.start(settings), policy, recording, start, cost);
  }

  /** Ticks begin at multiples of their length since 1970. */
  private Instant floor(Instant time) {
    long tick = spec.events().tick().toMillis();
    return Instant.ofEpochMilli(time.toEpochMilli() - Math.floorMod(time.toEpochMilli(), tick));
  }
}
