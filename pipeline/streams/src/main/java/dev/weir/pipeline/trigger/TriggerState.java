package dev.weir.pipeline.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the trigger remembers of one model.
 *
 * @param examples labelled examples so far
 * @param requests requests made so far
 * @param openRequest the request that is open, if one is
 * @param hasChampion whether a version serves
 * @param alarmAt event time of the alarm that no promotion has answered yet, if there is one
 * @param alarmText the alarm in words
 * @param countedFrom examples at the last alarm or request: newer ones are waited for
 * @param lastRequestAt event time of the last request
 */
public record TriggerState(
    long examples,
    int requests,
    @Nullable String openRequest,
    boolean hasChampion,
    @Nullable Instant alarmAt,
    String alarmText,
    long countedFrom,
    @Nullable Instant lastRequestAt) {
  /** Returns the state of a model that has seen nothing. */
  public static TriggerState initial() {
    return new TriggerState(0, 0, null, false, null, "", 0, null);
  }

  /** Returns how many examples came after the last alarm or request. */
  long fresh() {
    return examples - countedFrom;
  }

  TriggerState withExamples(long count) {
    return new TriggerState(
        count, requests, openRequest, hasChampion, alarmAt, alarmText, countedFrom, lastRequestAt);
  }

  TriggerState withAlarm(Instant at, String text) {
    return new TriggerState(
        examples, requests, openRequest, hasChampion, at, text, examples, lastRequestAt);
  }

  /** A promotion answers an alarm; a rollback does not. */
  TriggerState withChampion(boolean isPromoted, boolean isThere) {
    return new TriggerState(
        examples,
        requests,
        openRequest,
        isThere,
        isPromoted ? null : alarmAt,
        isPromoted ? "" : alarmText,
        countedFrom,
        lastRequestAt);
  }

  /** The alarm stays until a promotion: a failed or refused candidate does not answer it. */
  TriggerState withOpen(String requestId, Instant at) {
    return new TriggerState(
        examples, requests + 1, requestId, hasChampion, alarmAt, alarmText, examples, at);
  }

  TriggerState closed() {
    return new TriggerState(
        examples, requests, null, hasChampion, alarmAt, alarmText, countedFrom, lastRequestAt);
  }
}
