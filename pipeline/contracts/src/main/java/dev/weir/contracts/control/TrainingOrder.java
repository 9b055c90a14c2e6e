package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operator's order to train a model. It names its examples by {@code last} or by {@code span};
 * without both it is for as many as the spec says.
 *
 * @param orderId the order's own id: however often it comes, one request is made of it
 * @param model the model
 * @param reason why, in words
 * @param orderedBy who says so
 * @param last how many of the last examples to train on; null where it does not say
 * @param span exactly where the examples lie; null where it does not say
 * @param orderedAt when it was given, by the clock of whoever gave it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingOrder(
    String orderId,
    String model,
    String reason,
    String orderedBy,
    @Nullable Long last,
    @Nullable Span span,
    Instant orderedAt) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_TEXT = 1_000;

  public TrainingOrder {
    requireId(orderId);
    requireNonNull(model, "model");
    requireText("reason", reason);
    requireText("orderedBy", orderedBy);
    requireNonNull(orderedAt, "orderedAt");
    if (last != null && last < 1) {
      throw new IllegalArgumentException("last must be >= 1, was " + last);
    }
    if (last != null && span != null) {
      throw new IllegalArgumentException("last and span exclude each other");
    }
  }

  /**
   * Where the ordered examples lie.
   *
   * @param ranges their offsets
   * @param examples how many there are, corrections not counted
   */
  public record Span(List<OffsetRange> ranges, long examples) {
    public Span {
      ranges = List.copyOf(ranges);
    }

    /** Returns how many offsets the ranges have, the most examples that they can hold. */
    @JsonIgnore
    public long offsets() {
      return ranges.stream().mapToLong(range -> range.to() - range.from()).sum();
    }
  }

  /** An id becomes part of a request's, which mitigations make theirs of with their method. */
  private static void requireId(String orderId) {
    if (!ID.matcher(requireNonNull(orderId, "orderId")).matches()) {
      throw new IllegalArgumentException(
          "an order's id is 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit, was '"
              + orderId
              + "'");
    }
    for (Mitigation.Method method : Mitigation.Method.values()) {
      if (orderId.endsWith("-" + method.id())) {
        throw new IllegalArgumentException(
            "an order's id must not end with -" + method.id() + ", was '" + orderId + "'");
      }
    }
  }

  private static void requireText(String name, String text) {
    if (requireNonNull(text, name).isBlank() || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          name + " must be a text of 1 to " + LONGEST_TEXT + " characters");
    }
  }

  /** Returns the id of the request that is made of this order. */
  @JsonIgnore
  public String requestId() {
    return model + "-order-" + orderId;
  }
}
