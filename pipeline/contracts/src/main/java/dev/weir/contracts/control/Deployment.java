package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.serde.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is live for one model; the truth that every serving replica follows.
 *
 * @param model the model
 * @param sequence counts the changes, from 1
 * @param champion the version that decides, if there is one
 * @param challenger the version in shadow, if there is one
 * @param change what changed
 * @param changedVersion the version that the change is about
 * @param requestId the request behind that version
 * @param reason the reason in words, with its numbers
 * @param changedAt event time of the change
 * @param trial what the shadow's comparison with the champion gave; null where there was none
 * @param predecessor the champion that the champion has replaced, where that one is of another
 *     spec: it decides the events that its spec has encoded before the cut-over
 */
public record Deployment(
    String model,
    long sequence,
    @Nullable Slot champion,
    @Nullable Slot challenger,
    Change change,
    int changedVersion,
    String requestId,
    String reason,
    Instant changedAt,
    @Nullable Trial trial,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Slot predecessor) {
  public Deployment {
    requireNonNull(model, "model");
    requireNonNull(change, "change");
    requireNonNull(requestId, "requestId");
    requireNonNull(reason, "reason");
    requireNonNull(changedAt, "changedAt");
  }

  /** Creates a change that no comparison in shadow decided, and no change of the spec. */
  public Deployment(
      String model,
      long sequence,
      @Nullable Slot champion,
      @Nullable Slot challenger,
      Change change,
      int changedVersion,
      String requestId,
      String reason,
      Instant changedAt) {
    this(
        model,
        sequence,
        champion,
        challenger,
        change,
        changedVersion,
        requestId,
        reason,
        changedAt,
        null,
        null);
  }

  /**
   * The comparison of a challenger with the champion on the same labelled events.
   *
   * @param pairs events that both have scored
   * @param meanGain mean over them of (p_champion − y)² − (p_challenger − y)², in [−1, 1]; seen
   *     when the comparison was stopped, which for a challenger that won overstates it
   * @param eValue evidence that the challenger is better, ≥ 0
   */
  public record Trial(int pairs, double meanGain, double eValue) {}

  /** Returns this as one sees it for whom the champion is none. */
  public Deployment withoutChampion() {
    return new Deployment(
        model,
        sequence,
        null,
        challenger,
        change,
        changedVersion,
        requestId,
        reason,
        changedAt,
        trial,
        predecessor);
  }

  /** What happened to a version. */
  public enum Change {
    SHADOWED,
    PROMOTED,
    REFUSED,
    ROLLED_BACK
  }

  /**
   * One live version.
   *
   * @param version the version
   * @param runId the registry's run that holds the artifact
   * @param certificate the certificate that lets it serve
   * @param since event time from which it has this role
   */
  public record Slot(int version, String runId, Envelope certificate, Instant since) {
    public Slot {
      requireNonNull(runId, "runId");
      requireNonNull(certificate, "certificate");
      requireNonNull(since, "since");
    }

    /** Returns the digest of the spec that the certificate names, unverified. */
    public String specDigest() {
      return Json.read(certificate.payloadBytes(), Certificate.class).predicate().specDigest();
    }
  }
}
