package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Evidence;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;

/** Writes requests of one spec: each has a seed of its own, by its number. */
final class Requests {
  private final ModelSpec spec;

  Requests(ModelSpec spec) {
    this.spec = spec;
  }

  /**
   * Why a request is made.
   *
   * @param trigger what asks
   * @param reason the reason in words
   * @param evidence the reason for machines
   */
  record Cause(String trigger, String reason, Evidence evidence) {}

  /**
   * Returns a request.
   *
   * @param id its id
   * @param ranges where its rows lie
   * @param made how many requests were made before
   * @param now its event time
   */
  TrainingRequest of(String id, Cause cause, List<OffsetRange> ranges, int made, Instant now) {
    return new TrainingRequest(
        id,
        spec.model(),
        spec.digest(),
        cause.trigger(),
        cause.reason(),
        ranges,
        ranges,
        now,
        spec.training().seed() + made,
        null,
        cause.evidence());
  }
}
