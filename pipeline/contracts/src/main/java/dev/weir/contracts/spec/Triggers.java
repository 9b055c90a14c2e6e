package dev.weir.contracts.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What starts a training. At most one request of a model is open at a time, whatever asked for it.
 *
 * @param volume the first training, and further ones by number of examples
 * @param drift trainings after an alarm of drift
 * @param alarms trainings after alarms of other kinds; a kind that is absent starts none
 * @param schedule trainings by event time; null for none
 * @param operator what an order by hand must keep to
 * @param economy when a training is skipped because it would not pay; null for never
 */
public record Triggers(
    OnVolume volume,
    OnDrift drift,
    SortedMap<AlarmKind, Pace> alarms,
    @Nullable OnSchedule schedule,
    Pace operator,
    @Nullable Economy economy) {
  public Triggers {
    alarms = Collections.unmodifiableSortedMap(new TreeMap<>(alarms));
  }

  /** Creates triggers by volume and drift, and by hand with the defaults of a spec. */
  public Triggers(OnVolume volume, OnDrift drift) {
    this(volume, drift, new TreeMap<>(), null, byHand(volume, drift), null);
  }

  /** Returns what an order by hand keeps to where the spec says nothing. */
  static Pace byHand(OnVolume volume, OnDrift drift) {
    int enough = Math.min(volume.examples(), drift.window());
    return new Pace(enough, drift.window(), Duration.ZERO);
  }

  /** Returns the most examples that one of these trains on, but for all. */
  public int longestWindow() {
    int longest = Math.max(volume.examples(), Math.max(volume.window(), drift.window()));
    for (Pace pace : alarms.values()) {
      longest = Math.max(longest, pace.window());
    }
    if (schedule != null) {
      longest = Math.max(longest, schedule.pace().window());
    }
    return Math.max(longest, operator.window());
  }

  /** The kinds of alarms beside drift that can start a training. */
  public enum AlarmKind {
    /** Of the champion's log-loss, Brier score, AUC or calibration on labels. */
    PERFORMANCE("performance"),
    /** Of rates between groups. */
    FAIRNESS("fairness"),
    /** Of the data themselves: more of them rarely make a better model. */
    QUALITY("quality");

    private final String id;

    AlarmKind(String id) {
      this.id = id;
    }

    /** Returns its name in specs, signals and requests. */
    public String id() {
      return id;
    }
  }

  /** What an alarm of drift is about. */
  public enum DriftSignal {
    /** The champion's residual. */
    RESIDUAL("residual"),
    /** One or more features. */
    FEATURES("features"),
    /** The champion's predictions. */
    PREDICTION("prediction");

    private final String id;

    DriftSignal(String id) {
      this.id = id;
    }

    /** Returns its name in specs. */
    public String id() {
      return id;
    }
  }

  /**
   * How often, and on what, one trigger trains.
   *
   * @param waitForExamples new examples to wait for, after the alarm or the last request; for
   *     orders by hand, the least that one must name
   * @param window the most recent examples to train on, hold-out included
   * @param cooldown shortest event time since the last request, whatever asked for it
   */
  public record Pace(int waitForExamples, int window, Duration cooldown) {}

  /**
   * Fires while no version serves and, where {@code every} says so, while one does.
   *
   * @param examples labelled examples needed while no version serves, since the last request where
   *     that came to nothing
   * @param every new examples since the last request after which it fires while a version serves; 0
   *     for never
   * @param window the most recent examples to train on then; the first training takes all
   * @param cooldown shortest event time between two requests; zero for none
   */
  public record OnVolume(int examples, int every, int window, Duration cooldown) {
    /** Creates the trigger of a first training alone. */
    public OnVolume(int examples) {
      this(examples, 0, examples, Duration.ZERO);
    }
  }

  /**
   * Fires after an alarm of drift, and again after a candidate that failed or was refused, until
   * one is promoted.
   *
   * @param delta confidence parameter of ADWIN on the champion's signed residual (p − y + 1) / 2
   * @param signals what alarms count
   * @param waitForExamples examples to wait for after the alarm, or after a request in vain
   * @param window the most recent examples to train on, hold-out included
   * @param cooldown shortest event time between two requests
   */
  public record OnDrift(
      double delta, Set<DriftSignal> signals, int waitForExamples, int window, Duration cooldown) {
    public OnDrift {
      signals = Collections.unmodifiableSet(new TreeSet<>(signals));
    }

    /** Creates a trigger on alarms of the residual. */
    public OnDrift(double delta, int waitForExamples, int window, Duration cooldown) {
      this(delta, Set.of(DriftSignal.RESIDUAL), waitForExamples, window, cooldown);
    }

    /** Returns how often it trains, and on what. */
    public Pace pace() {
      return new Pace(waitForExamples, window, cooldown);
    }
  }

  /**
   * Fires when the last request lies so far back in event time, while a version serves.
   *
   * @param every event time since the last request, whatever asked for it
   * @param pace new examples since then, and what is trained on
   */
  public record OnSchedule(Duration every, Pace pace) {}

  /**
   * Skips a training whose expected gain would not pay its energy. The expectation is what the last
   * ones gave: the sum of their gains by the sum of their energies. It never skips a first
   * training, one after an alarm of fairness, or an order by hand.
   *
   * @param minimumGainPerKilojoule mean Brier gain per labelled event over the champion, for each
   *     kilojoule of training
   * @param over how many of the last trainings are looked at; with fewer none is skipped
   * @param mostSkips how many are skipped in a row before one is made to see whether that holds
   */
  public record Economy(double minimumGainPerKilojoule, int over, int mostSkips) {}
}
