package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import dev.weir.pipeline.state.Count;
import java.util.List;

/** The first label that comes is the one that counts, in time or not. */
final class FirstLabel implements LabelPolicy {
  private final LabelTimes times;
  private final JoinOutput output;

  FirstLabel(LabelTimes times, JoinOutput output) {
    this.times = times;
    this.output = output;
  }

  @Override
  public List<KnownLabel> add(List<KnownLabel> known, KnownLabel label) {
    if (known.isEmpty()) {
      return List.of(label);
    }
    boolean isCopy = known.get(0).value() == label.value();
    output.count(isCopy ? Count.DUPLICATE_LABELS : Count.CONFLICT);
    return known;
  }

  @Override
  public EventState resolve(Row row, EventState open) {
    KnownLabel label = open.labels().get(0);
    if (times.isInTime(label, row)) {
      output.labelled(row, label);
      return EventState.labelled(1, label, null);
    }
    if (times.isDecidedAtDeadline()) {
      return open;
    }
    output.count(Count.TOO_LATE);
    output.expired();
    return EventState.unlabelled(open.labels());
  }

  @Override
  public EventState correct(EventState settled, KnownLabel label) {
    byte[] bytes = settled.row();
    if (settled.status() != EventState.Status.SILENT || bytes == null) {
      return settled.with(add(settled.labels(), label));
    }
    Row row = output.read(bytes);
    int revision = settled.revision();
    if (times.mayCorrect(label, row)) {
      revision++;
      output.corrected(row, label, revision);
    } else {
      output.count(Count.TOO_LATE);
    }
    return EventState.labelled(revision, label, null);
  }
}
