package dev.weir.pipeline.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the trigger remembers of one model.
 *
 * @param examples labelled examples so far
 * @param requests requests made so far
 * @param openRequest the request that is open, if one is
 * @param openVersion its version once it is trained; 0 before
 * @param alarmAt event time of the alarm that waits, if one does
 * @param alarmExamples examples at that alarm
 * @param alarmText the alarm in words
 * @param lastRequestAt event time of the last request
 */
record TriggerState(
    long examples,
    int requests,
    @Nullable String openRequest,
    int openVersion,
    @Nullable Instant alarmAt,
    long alarmExamples,
    String alarmText,
    @Nullable Instant lastRequestAt) {
  static TriggerState initial() {
    return new TriggerState(0, 0, null, 0, null, 0, "", null);
  }

  TriggerState withExample() {
    return new TriggerState(
        examples + 1,
        requests,
        openRequest,
        openVersion,
        alarmAt,
        alarmExamples,
        alarmText,
        lastRequestAt);
  }

  TriggerState withAlarm(Instant at, String text) {
    return new TriggerState(
        examples, requests, openRequest, openVersion, at, examples, text, lastRequestAt);
  }

  TriggerState withoutAlarm() {
    return new TriggerState(
        examples, requests, openRequest, openVersion, null, 0, "", lastRequestAt);
  }

  TriggerState withOpen(String requestId, Instant at) {
    return new TriggerState(examples, requests + 1, requestId, 0, null, 0, "", at);
  }

  TriggerState withOpenVersion(int version) {
    return new TriggerState(
        examples, requests, openRequest, version, alarmAt, alarmExamples, alarmText, lastRequestAt);
  }

  TriggerState closed() {
    return new TriggerState(
        examples, requests, null, 0, alarmAt, alarmExamples, alarmText, lastRequestAt);
  }
}
