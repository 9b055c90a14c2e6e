package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the trigger remembers of one model.
 *
 * @param examples labelled examples so far
 * @param requests requests made so far
 * @param openRequest the request that is open, if one is
 * @param hasChampion whether a version serves
 * @param champion the version that serves; null before there is one
 * @param alarms by kind, the first alarm that no promotion has answered yet
 * @param countedFrom examples at the last request, or skip: newer ones are waited for
 * @param lastRequestAt event time of the last request, or skip
 * @param skips trainings skipped since the last request
 * @param now event time of the last tick
 * @param gains what the last trainings cost and gave
 */
public record TriggerState(
    long examples,
    int requests,
    @Nullable String openRequest,
    boolean hasChampion,
    @Nullable Champion champion,
    SortedMap<String, Alarm> alarms,
    long countedFrom,
    @Nullable Instant lastRequestAt,
    int skips,
    @Nullable Instant now,
    Gains gains) {
  /** What an earlier Weir kept has no alarms by kind, and no gains. */
  @SuppressWarnings("ConstantValue")
  public TriggerState {
    alarms =
        alarms == null
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(alarms));
    gains = gains == null ? Gains.none() : gains;
  }

  /**
   * The version that serves.
   *
   * @param version its number
   * @param since event time from which on it does
   */
  public record Champion(int version, Instant since) {}

  /**
   * An alarm that waits.
   *
   * @param signal the alarm
   * @param examples examples when it came
   */
  public record Alarm(Signal signal, long examples) {}

  /** Returns the state of a model that has seen nothing. */
  public static TriggerState initial() {
    return new TriggerState(
        0, 0, null, false, null, Collections.emptySortedMap(), 0, null, 0, null, Gains.none());
  }

  /** Returns how many examples came after the last request. */
  long fresh() {
    return examples - countedFrom;
  }

  /** Returns how many examples came after an alarm and after the last request. */
  long fresh(Alarm alarm) {
    return examples - Math.max(alarm.examples(), countedFrom);
  }

  /** Returns whether the last request lies at least so far back, or there was none. */
  boolean isCool(Instant at, Duration cooldown) {
    return lastRequestAt == null || !at.isBefore(lastRequestAt.plus(cooldown));
  }

  TriggerState withExamples(long count) {
    return changed(count, openRequest, alarms);
  }

  /** Only the first alarm of a kind is kept: what it began is what a training answers. */
  TriggerState withAlarm(String kind, Signal signal) {
    SortedMap<String, Alarm> more = new TreeMap<>(alarms);
    more.putIfAbsent(kind, new Alarm(signal, examples));
    return changed(examples, openRequest, more);
  }

  TriggerState withTick(Instant at) {
    return new TriggerState(
        examples,
        requests,
        openRequest,
        hasChampion,
        champion,
        alarms,
        countedFrom,
        lastRequestAt,
        skips,
        at,
        gains);
  }

  /** A promotion answers all alarms: they were about the version before. A rollback does not. */
  TriggerState withChampion(boolean isPromoted, @Nullable Champion serving) {
    return new TriggerState(
        examples,
        requests,
        openRequest,
        serving != null,
        serving,
        isPromoted ? Collections.emptySortedMap() : alarms,
        countedFrom,
        lastRequestAt,
        skips,
        now,
        gains);
  }

  /** Alarms stay until a promotion: a failed or refused candidate does not answer them. */
  TriggerState withOpen(String requestId, Instant at) {
    return new TriggerState(
        examples,
        requests + 1,
        requestId,
        hasChampion,
        champion,
        alarms,
        examples,
        at,
        0,
        now,
        gains);
  }

  /** A skip takes a request's place: what is due waits again for its examples and cooldown. */
  TriggerState withSkip(Instant at) {
    return new TriggerState(
        examples,
        requests,
        null,
        hasChampion,
        champion,
        alarms,
        examples,
        at,
        skips + 1,
        now,
        gains);
  }

  TriggerState withGains(Gains other) {
    return new TriggerState(
        examples,
        requests,
        openRequest,
        hasChampion,
        champion,
        alarms,
        countedFrom,
        lastRequestAt,
        skips,
        now,
        other);
  }

  TriggerState closed() {
    return changed(examples, null, alarms);
  }

  private TriggerState changed(
      long count, @Nullable String open, SortedMap<String, Alarm> waiting) {
    return new TriggerState(
        count,
        requests,
        open,
        hasChampion,
        champion,
        waiting,
        countedFrom,
        lastRequestAt,
        skips,
        now,
        gains);
  }
}
