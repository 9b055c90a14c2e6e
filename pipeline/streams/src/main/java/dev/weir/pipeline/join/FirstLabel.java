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
      return forGood(open, 1, row, label);
    }
    if (times.isDecidedAtDeadline()) {
      return open;
    }
    output.count(Count.TOO_LATE);
    output.expired();
    return open.unlabelled(open.labels());
  }

  @Override
  public EventState correct(EventState settled, KnownLabel label) {
    byte[] bytes = settled.row();
    boolean isFirst = settled.labels().isEmpty();
    if (settled.status() != EventState.Status.SILENT || !isFirst || bytes == null) {
      return settled.with(add(settled.labels(), label));
    }
    Row row = output.read(bytes);
    if (!times.mayCorrect(label, row)) {
      output.count(Count.TOO_LATE);
      return settled.with(List.of(label));
    }
    int revision = settled.revision() + 1;
    output.corrected(row, label, revision);
    return forGood(settled, revision, row, label);
  }

  private static EventState forGood(EventState state, int revision, Row row, KnownLabel label) {
    return state.labelledForGood(revision, label, LabelledEvent.groups(row));
  }
}
