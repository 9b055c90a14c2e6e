package dev.weir.app.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the demo did; {@code weir demo --json} prints it.
 *
 * @param events unique flights
 * @param examples labelled examples
 * @param duplicates features records dropped as duplicates
 * @param neverLabelled events that expired without a label
 * @param deadLetters records that could not be used
 * @param alarms what the monitors raised
 * @param versions every trained version, in order
 * @param brier the stale and the retrained model after the drift; null when there is no retrained
 *     one
 * @param driftToServedSeconds wall seconds from the alarm to the first prediction of the new
 *     version; null when there is none
 * @param waitedForLabelsSeconds the part of it in which labels were waited for
 * @param wallSeconds wall seconds of the whole run
 * @param certificatesVerified certificates that verify against the public key
 */
public record DemoReport(
    long events,
    long examples,
    long duplicates,
    long neverLabelled,
    long deadLetters,
    List<Alarm> alarms,
    List<Version> versions,
    @Nullable Brier brier,
    @Nullable Double driftToServedSeconds,
    @Nullable Double waitedForLabelsSeconds,
    double wallSeconds,
    int certificatesVerified) {
  public DemoReport {
    alarms = List.copyOf(alarms);
    versions = List.copyOf(versions);
  }

  /**
   * One alarm.
   *
   * @param detector the detector
   * @param signal what it watched
   * @param eventTime when, in event time
   */
  public record Alarm(String detector, String signal, Instant eventTime) {}

  /**
   * One trained version.
   *
   * @param version its number
   * @param requestId the request behind it
   * @param verdict the auditor's word
   * @param promoted whether it ever was champion
   * @param sabotaged whether its training topic was tampered with on purpose
   * @param joules training energy; null when the training failed
   * @param energyMethod {@code measured} or {@code estimated}
   * @param onnxDigest sha256 of the model file
   * @param reasons why it did not pass
   * @param warnings what gates say that warn and decide nothing
   * @param rates what the policy has reported of each group at the decision threshold
   */
  public record Version(
      int version,
      String requestId,
      String verdict,
      boolean promoted,
      boolean sabotaged,
      @Nullable Double joules,
      String energyMethod,
      String onnxDigest,
      List<String> reasons,
      List<String> warnings,
      List<GroupRates> rates) {
    public Version {
      reasons = List.copyOf(reasons);
      warnings = List.copyOf(warnings);
      rates = List.copyOf(rates);
    }
  }

  /**
   * Decisions at the threshold in one group of a version's held-out rows; null is undefined.
   *
   * @param group the group as {@code name=value}
   * @param selectionRate share of rows that are predicted late
   * @param truePositiveRate share of late rows that are predicted late
   * @param falsePositiveRate share of punctual rows that are predicted late
   */
  public record GroupRates(
      String group,
      @Nullable Double selectionRate,
      @Nullable Double truePositiveRate,
      @Nullable Double falsePositiveRate) {}

  /**
   * Brier scores over the labelled flights of a period.
   *
   * @param stale the first model
   * @param retrained the model that replaced it
   * @param onlineBaseRate the late rate among labels known in the 24 hours before
   * @param trainingBaseRate the share of late flights among the retrained model's training rows
   * @param gains how much better the retrained model is
   * @param rows flights compared
   * @param from start of the period
   * @param to end of the period
   */
  public record Brier(
      double stale,
      double retrained,
      double onlineBaseRate,
      double trainingBaseRate,
      Gains gains,
      int rows,
      Instant from,
      Instant to) {}

  /**
   * Paired gains of the retrained model on the same flights.
   *
   * @param overStale on the first model
   * @param overOnlineBaseRate on the online base rate
   * @param overTrainingBaseRate on the training base rate
   */
  public record Gains(Gain overStale, Gain overOnlineBaseRate, Gain overTrainingBaseRate) {}

  /**
   * A mean difference of Brier scores in pairs, baseline − retrained.
   *
   * @param value the mean
   * @param lower lower end of its 95 % interval
   * @param upper upper end
   */
  public record Gain(double value, double lower, double upper) {}
}
