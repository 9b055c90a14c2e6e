package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to train one version; its ranges <em>are</em> the data set.
 *
 * @param requestId the id that follows the version through every hop
 * @param model the model
 * @param specDigest digest of the spec to train by; examples of other specs are left out
 * @param trigger what fired: {@code volume}, {@code drift}, {@code performance}, {@code fairness},
 *     {@code quality}, {@code schedule}, {@code operator} or {@code mitigation}
 * @param reason the reason in words, with its numbers
 * @param training where the training rows lie; the hold-out among them is never trained on
 * @param evaluation where the judging rows lie; only the hold-out among them judges
 * @param requestedAt event time of the request
 * @param seed seed of everything random in the job
 * @param mitigation what to do against a gap between groups; null for a training without
 * @param evidence what asked for it, as a machine can read it; null where no trigger did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingRequest(
    String requestId,
    String model,
    String specDigest,
    String trigger,
    String reason,
    List<OffsetRange> training,
    List<OffsetRange> evaluation,
    Instant requestedAt,
    long seed,
    @Nullable MitigationOrder mitigation,
    @Nullable Evidence evidence) {
  public TrainingRequest {
    requireNonNull(requestId, "requestId");
    requireNonNull(model, "model");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(trigger, "trigger");
    requireNonNull(reason, "reason");
    requireNonNull(requestedAt, "requestedAt");
    training = List.copyOf(training);
    evaluation = List.copyOf(evaluation);
  }

  /** Creates a request without mitigation that no trigger made. */
  public TrainingRequest(
      String requestId,
      String model,
      String specDigest,
      String trigger,
      String reason,
      List<OffsetRange> training,
      List<OffsetRange> evaluation,
      Instant requestedAt,
      long seed) {
    this(
        requestId,
        model,
        specDigest,
        trigger,
        reason,
        training,
        evaluation,
        requestedAt,
        seed,
        null,
        null);
  }

  /**
   * Returns the same training, on the same rows and by the same seed, with a mitigation.
   *
   * @param order the mitigation
   * @param why the reason in words
   * @param at event time of the request
   */
  public TrainingRequest with(MitigationOrder order, String why, Instant at) {
    return new TrainingRequest(
        order.requestId(),
        model,
        specDigest,
        "mitigation",
        why,
        training,
        evaluation,
        at,
        seed,
        order,
        evidence);
  }
}
