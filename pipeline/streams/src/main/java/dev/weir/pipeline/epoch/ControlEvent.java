package dev.weir.pipeline.epoch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import org.jspecify.annotations.Nullable;

/** One record from outside the data that the trigger or the monitors must know; one is not null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ControlEvent(
    @Nullable Candidate candidate,
    @Nullable Audit audit,
    @Nullable Deployment deployment,
    Broadcast.@Nullable Champion champion) {
  static ControlEvent of(Candidate candidate) {
    return new ControlEvent(candidate, null, null, null);
  }

  static ControlEvent of(Audit audit) {
    return new ControlEvent(null, audit, null, null);
  }

  static ControlEvent of(Deployment deployment) {
    return new ControlEvent(null, null, deployment, null);
  }

  static ControlEvent of(Broadcast.Champion champion) {
    return new ControlEvent(null, null, null, champion);
  }
}
