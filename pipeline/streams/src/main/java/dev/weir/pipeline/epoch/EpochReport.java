package dev.weir.pipeline.epoch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.control.Tick;
import dev.weir.pipeline.trigger.ExampleRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the task of one partition saw between two ticks.
 *
 * @param partition the partition
 * @param epoch the epoch's number
 * @param tick the tick that ended it
 * @param tally counts of rows and predictions, as {@code RowTally} writes them; not copied
 * @param examples where its examples stand, in the order of offsets
 * @param corrected offset of the last correction of an example; null where there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent")
public record EpochReport(
    int partition,
    long epoch,
    Tick tick,
    byte[] tally,
    List<ExampleRun> examples,
    @Nullable Long corrected) {
  public EpochReport {
    examples = List.copyOf(examples);
  }
}
