package dev.weir.pipeline.epoch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.reference.ReferenceProfile;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic {@code broadcast}: a tick, which ends an epoch, or the champion from here
 * on. Each partition has the same records in the same order.
 *
 * @param epoch number of the epoch that the tick ends, from 1 on without a gap, whatever the ticks'
 *     own numbers; that of the epoch under way for a champion
 * @param tick the tick; null of a champion
 * @param champion the champion; null of a tick
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Broadcast(long epoch, @Nullable Tick tick, @Nullable Champion champion) {
  public Broadcast {
    if (epoch < 1 || (tick == null) == (champion == null)) {
      throw new IllegalArgumentException(
          "need epoch >= 1 and either a tick or a champion, was epoch " + epoch);
    }
  }

  /**
   * The version that decides.
   *
   * @param version its number
   * @param reference its reference profile; null as long as there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Champion(int version, @Nullable ReferenceProfile reference) {}
}
