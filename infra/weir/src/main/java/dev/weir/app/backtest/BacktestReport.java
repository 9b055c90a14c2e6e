package dev.weir.app.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one backtest found; {@code weir backtest --json} prints it. What is undefined is null.
 *
 * @param model the model
 * @param specDigest digest of its spec
 * @param policy {@code id@version} of the policy
 * @param tick length of a tick, the shortest time between two decisions of the loop
 * @param assumptions what the file does not say and was assumed, in words
 * @param events rows of the file, copies included
 * @param labelled events with a label that counted
 * @param accuracy share of the labelled events decided as labelled, those without a model decided
 *     by the majority of the labels known at their time
 * @param kappa Cohen's kappa of the same
 * @param kappaTemporal {@code (accuracy − noChangeAccuracy) / (1 − noChangeAccuracy)}
 * @param logLoss in nats, those without a model at the rate of the labels known at their time
 * @param brier mean of (p − y)²
 * @param auc area under the ROC curve
 * @param noChangeAccuracy accuracy of the label that became known last
 * @param majorityAccuracy accuracy of the majority of the known labels
 * @param served the labelled events that a version decided, alone
 * @param alarms what the monitors raised
 * @param versions every training that was asked for and done, in order
 * @param counts the pipeline's counters
 * @param wallSeconds seconds from the start of the broker to the end
 * @param eventsPerSecond events by these
 * @param joules energy of this process and of all trainings
 * @param energyMethod {@code measured} or {@code estimated}
 */
public record BacktestReport(
    String model,
    String specDigest,
    String policy,
    Duration tick,
    List<String> assumptions,
    long events,
    long labelled,
    @Nullable Double accuracy,
    @Nullable Double kappa,
    @Nullable Double kappaTemporal,
    @Nullable Double logLoss,
    @Nullable Double brier,
    @Nullable Double auc,
    @Nullable Double noChangeAccuracy,
    @Nullable Double majorityAccuracy,
    Served served,
    List<Alarm> alarms,
    List<Version> versions,
    Map<String, Long> counts,
    double wallSeconds,
    double eventsPerSecond,
    double joules,
    String energyMethod) {
  /** Copies the lists. */
  public BacktestReport {
    assumptions = List.copyOf(assumptions);
    alarms = List.copyOf(alarms);
    versions = List.copyOf(versions);
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /**
   * The labelled events that a version decided.
   *
   * @param events how many
   * @param share of all labelled events; null without any
   */
  public record Served(
      long events,
      @Nullable Double share,
      @Nullable Double accuracy,
      @Nullable Double kappa,
      @Nullable Double kappaTemporal,
      @Nullable Double logLoss,
      @Nullable Double brier,
      @Nullable Double auc,
      @Nullable Double noChangeAccuracy) {}

  /**
   * One alarm.
   *
   * @param detector the detector
   * @param signal what it watched
   * @param version the champion then
   * @param eventTime when, in event time
   */
  public record Alarm(String detector, String signal, int version, Instant eventTime) {}

  /**
   * One training.
   *
   * @param version the version's number; 0 where the training failed
   * @param requestId the request behind it
   * @param trigger what asked
   * @param requestedAt when, in event time
   * @param reason why
   * @param verdict the auditor's last word, or {@code FAILED}
   * @param reasons why it did not pass, or failed
   * @param warnings what gates say that warn and decide nothing
   * @param outcome what became of it: {@code PROMOTED}, {@code REFUSED}, {@code ROLLED_BACK},
   *     {@code SHADOWED}; null where nothing did by the end
   * @param outcomeAt when, in event time
   * @param decided labelled events that it decided
   * @param accuracy its accuracy on them; null where there are none
   * @param onnxDigest sha256 of the model file; empty where the training failed
   * @param joules training energy; null where the training failed
   */
  public record Version(
      int version,
      String requestId,
      String trigger,
      Instant requestedAt,
      String reason,
      String verdict,
      List<String> reasons,
      List<String> warnings,
      @Nullable String outcome,
      @Nullable Instant outcomeAt,
      long decided,
      @Nullable Double accuracy,
      String onnxDigest,
      @Nullable Double joules) {
    /** Copies the lists. */
    public Version {
      reasons = List.copyOf(reasons);
      warnings = List.copyOf(warnings);
    }
  }

  /** Returns whether a version ever decided. */
  public boolean hasServed() {
    return versions.stream().anyMatch(v -> "PROMOTED".equals(v.outcome()) || v.decided() > 0);
  }
}
