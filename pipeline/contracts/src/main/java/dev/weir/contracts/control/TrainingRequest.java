package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;

/**
 * An order to train one version; its ranges <em>are</em> the data set.
 *
 * @param requestId the id that follows the version through every hop
 * @param model the model
 * @param specDigest digest of the spec to train by; examples of other specs are left out
 * @param trigger what fired: {@code volume}, {@code drift} or {@code operator}
 * @param reason the reason in words, with its numbers
 * @param training where the training rows lie; the hold-out among them is never trained on
 * @param evaluation where the judging rows lie; only the hold-out among them judges
 * @param requestedAt event time of the request
 * @param seed seed of everything random in the job
 */
public record TrainingRequest(
    String requestId,
    String model,
    String specDigest,
    String trigger,
    String reason,
    List<OffsetRange> training,
    List<OffsetRange> evaluation,
    Instant requestedAt,
    long seed) {
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
}
