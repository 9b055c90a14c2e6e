package dev.weir.pipeline.join;

import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.contracts.spec.OnConflict;
import dev.weir.pipeline.state.Count;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Both sides wait in a plain key-value store until the other comes or event time passes their
 * deadline. Nothing depends on the order of arrival:
 *
 *   row   r at t : waits until t + labelWithin          -> then it is settled without a label
 *   label l at s : waits until s + labelWithin          -> then "orphan"
 *   both         : example if s - t <= labelWithin, else "tooLate" and the row has no label
 *   settled      : the id is remembered until t + 2 labelWithin, so that copies are dropped
 *   row after that: "expired" at once, as nothing tells it from a copy
 *
 * all by the ticks, less the disorder that is allowed for.
 *
 * A row without a label is, at its deadline,
 *
 *   "unobserved"  if the champion's decision on it prevents the label (observedWhen),
 *   "silent"      else, if the spec says what silence means (onExpiry): an example of revision 1,
 *   "expired"     else.
 *
 * A label of a silent row that comes while its id is remembered is an example of revision 2. Where
 * the spec says either of the two, a row whose label is too late waits for its deadline all the
 * same, as only then it is known what was decided of it.
 *
 * Which of several labels of one event counts is the LabelPolicy's business.
 *
 * The DSL's leftJoin is not used: it may emit (row, null) and later (row, label) for one event
 * (KAFKA-19536), which would be false negatives in the training data.
 */

/**
 * Joins rows with labels by event id: exactly one example per labelled event and revision, whatever
 * the order, with a counter for everything else.
 */
final class LabelJoin {
  private final MissingLabels missing;
  private final long keepMillis;
  private final LabelTimes labelTimes;
  private final LabelPolicy policy;
  private final EventStates events;
  private final Decisions decisions;
  private final Erasures erasures;
  private final JoinOutput output;
  private final Consumer<String> erased;

  /**
   * Creates the join.
   *
   * @param erased hears of each event that is erased, by id
   */
  LabelJoin(
      Events spec,
      EventStates events,
      Decisions decisions,
      Erasures erasures,
      JoinOutput output,
      Consumer<String> erased) {
    this.missing = spec.missingLabels();
    this.keepMillis = spec.labelWithin().multipliedBy(2).toMillis();
    this.labelTimes = new LabelTimes(spec);
    this.policy =
        spec.onConflict() == OnConflict.LAST
            ? new LastLabel(labelTimes, output)
            : new FirstLabel(labelTimes, output);
    this.events = events;
    this.decisions = decisions;
    this.erasures = erasures;
    this.output = output;
    this.erased = erased;
  }

  /**
   * Takes a row.
   *
   * @param now how far event time has come, in epoch milliseconds; null before the first tick
   */
  void row(String id, byte[] bytes, @Nullable Long now) {
    EventState state = events.get(id);
    if (state != null && !state.awaitsRow()) {
      output.count(Count.DUPLICATE_ROWS);
      return;
    }
    Row row = output.read(bytes);
    if (isForgotten(row.eventTime(), now)) {
      output.expired();
      return;
    }
    EventState open = events.takeRow(row, bytes, state == null ? List.of() : state.labels());
    if (erasures.covers(row)) {
      erase(id, open);
      return;
    }
    erasures.add(row, open.until());
    settle(id, open, open.labels().isEmpty() ? open : policy.resolve(row, open));
  }

  private void settle(String id, EventState open, EventState after) {
    events.put(id, open, after);
    if (!after.isOpen()) {
      decisions.forget(id);
    }
  }

  private boolean isForgotten(Instant eventTime, @Nullable Long now) {
    return now != null && eventTime.toEpochMilli() + keepMillis < now;
  }

  /**
   * Takes a prediction, for what was decided by it, and returns whether an example may come for it
   * or is there: not so if its event is forgotten, as copies of it would be, or erased.
   */
  boolean prediction(Prediction prediction, @Nullable EventState state, @Nullable Long now) {
    boolean isErased = state != null && state.status() == EventState.Status.ERASED;
    if (isErased || isForgotten(prediction.eventTime(), now)) {
      output.count(Count.LATE_PREDICTIONS);
      return false;
    }
    if (state == null || state.isOpen()) {
      decisions.take(prediction);
    }
    return true;
  }

  void label(String id, KnownLabel label) {
    EventState state = events.get(id);
    if (state == null) {
      events.takeLabel(id, label);
    } else if (!state.isOpen()) {
      EventState after = another(state, label);
      if (after != state) {
        events.put(id, state, after);
      }
    } else {
      waiting(id, state, label);
    }
  }

  private void waiting(String id, EventState open, KnownLabel label) {
    EventState known = open.with(policy.add(open.labels(), label));
    byte[] bytes = known.row();
    if (known == open) {
      return;
    }
    if (bytes == null) {
      events.takeLabel(id, known, label);
    } else {
      settle(id, open, policy.resolve(output.read(bytes), known));
    }
  }

  /** Returns what becomes of a settled event when a further label comes. */
  private EventState another(EventState settled, KnownLabel label) {
    if (settled.status() == EventState.Status.ERASED) {
      output.count(Count.ERASED_LABELS);
      return settled;
    }
    if (settled.status() != EventState.Status.UNLABELLED) {
      return policy.correct(settled, label);
    }
    if (policy.add(settled.labels(), label).equals(settled.labels())) {
      return settled;
    }
    output.count(Count.TOO_LATE);
    return settled.with(List.of(label));
  }

  void erase(Erasure erasure) {
    for (String id : erasures.take(erasure)) {
      EventState state = events.get(id);
      if (state != null) {
        erase(id, state);
      }
    }
  }

  /** Removes an event; only what had no outcome yet is counted as erased. */
  private void erase(String id, EventState state) {
    if (state.isOpen()) {
      output.count(Count.ERASED);
      state.labels().forEach(label -> output.count(Count.ERASED_LABELS));
    }
    events.put(id, state, state.erased());
    decisions.forget(id);
    erased.accept(id);
  }

  /** Settles what is due, drops what waited in vain and forgets what is old enough. */
  void tick(long now) {
    for (String id : events.due(now)) {
      EventState state = events.get(id);
      if (state == null) {
        throw new IllegalStateException("event " + id + " is due, but not known");
      }
      unlabelled(id, state, now);
    }
    for (String id : events.withOrphans(now)) {
      orphans(id, now);
    }
    events.forgetBefore(now);
    decisions.forgetBefore(now);
    erasures.forgetBefore(now);
  }

  private void orphans(String id, long now) {
    EventState state = events.get(id);
    if (state == null || !state.awaitsRow()) {
      return;
    }
    int orphans = events.removeOrphans(id, state, now);
    for (int i = 0; i < orphans; i++) {
      output.count(Count.ORPHAN);
    }
  }

  private void unlabelled(String id, EventState open, long now) {
    byte[] bytes = open.row();
    if (bytes == null) {
      throw new IllegalStateException("event " + id + " is due, but its row has not come");
    }
    Row row = output.read(bytes);
    EventState settled = withoutLabel(row, open);
    for (KnownLabel late : open.labels()) {
      settled = another(settled, late);
    }
    settled = settled.until(events.untilIfSettledAt(now));
    erasures.add(row, settled.until());
    settle(id, open, settled);
  }

  private EventState withoutLabel(Row row, EventState open) {
    Double silence = missing.silence();
    if (decisions.prevent(row.eventId(), missing)) {
      output.unobserved(row);
    } else if (silence != null) {
      output.silent(row, silence, labelTimes.deadline(row));
      return open.silent();
    } else {
      output.expired();
    }
    return open.unlabelled(List.of());
  }

  /** Returns an event with the label that stands now; null where none does, or no outcome comes. */
  @Nullable LabelledEvent labelled(String id, @Nullable EventState state) {
    if (state == null || state.revision() == 0) {
      return null;
    }
    byte[] bytes = state.row();
    if (bytes == null) {
      Map<String, String> groups = state.groups();
      KnownLabel label = state.labels().get(0);
      return groups == null ? null : new LabelledEvent(id, label.value(), label.time(), groups);
    }
    return LabelledEvent.of(example(output.read(bytes), state));
  }

  private Example example(Row row, EventState state) {
    Double silence = missing.silence();
    if (state.status() == EventState.Status.SILENT && silence != null) {
      return new Example(row, silence, labelTimes.deadline(row), state.revision());
    }
    KnownLabel label = state.labels().get(0);
    return new Example(row, label.value(), label.time(), state.revision());
  }
}
