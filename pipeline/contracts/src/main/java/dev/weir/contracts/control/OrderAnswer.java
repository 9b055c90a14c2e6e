package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;

/**
 * The trigger's answer to an order. An order that was accepted gets the same answer each time that
 * it comes; one that was refused may be given again.
 *
 * @param orderId the order
 * @param model the model
 * @param requestId the request that was made of it, or would have been
 * @param decision whether it was accepted, and if not why
 * @param reason the decision in words, with its numbers
 * @param training where the training rows lie; empty where it was refused
 * @param answeredAt event time of the last tick; where there was none, the time of the order
 */
public record OrderAnswer(
    String orderId,
    String model,
    String requestId,
    Decision decision,
    String reason,
    List<OffsetRange> training,
    Instant answeredAt) {
  public OrderAnswer {
    requireNonNull(orderId, "orderId");
    requireNonNull(model, "model");
    requireNonNull(requestId, "requestId");
    requireNonNull(decision, "decision");
    requireNonNull(reason, "reason");
    requireNonNull(answeredAt, "answeredAt");
    training = List.copyOf(training);
  }

  /** Whether a request was made, and why not. */
  public enum Decision {
    /** A request was made. */
    ACCEPTED,
    /** Another request of the model is open. */
    REQUEST_OPEN,
    /** The last request lies less than the cooldown back. */
    COOLING_DOWN,
    /** Fewer examples than the spec asks for. */
    TOO_FEW_EXAMPLES,
    /** More of the last examples than their places are kept of. */
    NOT_KEPT,
    /** A range that lies not, or not wholly, where the model has examples. */
    OUT_OF_RANGE
  }

  /** Returns whether a request was made. */
  @JsonIgnore
  public boolean isAccepted() {
    return decision == Decision.ACCEPTED;
  }
}
