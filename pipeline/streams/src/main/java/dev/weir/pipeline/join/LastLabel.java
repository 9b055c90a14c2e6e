package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import dev.weir.pipeline.state.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * Of the labels in time the one with the latest label time counts and, of the same time, the one
 * that came last. What replaces a label that was written already is a further revision; a label
 * that says the same is none, and only moves the time before which others are outdated.
 */
final class LastLabel implements LabelPolicy {
  private final LabelTimes times;
  private final JoinOutput output;

  LastLabel(LabelTimes times, JoinOutput output) {
    this.times = times;
    this.output = output;
  }

  /** An exact copy counts where it came last: of two labels of the same time the last one wins. */
  @Override
  public List<KnownLabel> add(List<KnownLabel> known, KnownLabel label) {
    List<KnownLabel> labels = new ArrayList<>(known);
    if (labels.remove(label)) {
      output.count(Count.DUPLICATE_LABELS);
    }
    labels.add(label);
    return labels;
  }

  @Override
  public EventState resolve(Row row, EventState open) {
    List<KnownLabel> late = new ArrayList<>();
    KnownLabel standing = null;
    for (KnownLabel label : open.labels()) {
      if (!times.isInTime(label, row)) {
        late.add(label);
      } else if (standing == null) {
        standing = label;
      } else {
        output.count(isCopy(standing, label) ? Count.DUPLICATE_LABELS : Count.CONFLICT);
        standing = later(standing, label);
      }
    }
    if (standing == null) {
      return times.isDecidedAtDeadline() ? open : open.with(tooLate(late));
    }
    output.labelled(row, standing);
    EventState settled = open.labelled(1, standing);
    for (KnownLabel label : late) {
      settled = correct(settled, label);
    }
    return settled;
  }

  private List<KnownLabel> tooLate(List<KnownLabel> late) {
    late.forEach(label -> output.count(Count.TOO_LATE));
    return List.of();
  }

  @Override
  public EventState correct(EventState settled, KnownLabel label) {
    byte[] bytes = settled.row();
    if (bytes == null) {
      throw new IllegalStateException("an event that may be corrected has lost its row");
    }
    Row row = output.read(bytes);
    if (!times.mayCorrect(label, row)) {
      output.count(Count.TOO_LATE);
      return settled;
    }
    List<KnownLabel> known = settled.labels();
    if (!known.isEmpty()) {
      KnownLabel standing = known.get(known.size() - 1);
      if (isCopy(standing, label)) {
        output.count(Count.DUPLICATE_LABELS);
        return copied(settled, later(standing, label));
      }
      if (label.time().isBefore(standing.time())) {
        output.count(Count.CONFLICT);
        return settled;
      }
    }
    int revision = settled.revision() + 1;
    output.corrected(row, label, revision);
    return settled.labelled(revision, label);
  }

  /** The label that was written stays the first; the time of its last copy outdates others. */
  private static EventState copied(EventState settled, KnownLabel latest) {
    KnownLabel written = settled.labels().get(0);
    return settled.with(latest.equals(written) ? List.of(written) : List.of(written, latest));
  }

  private static boolean isCopy(KnownLabel standing, KnownLabel label) {
    return standing.value() == label.value();
  }

  private static KnownLabel later(KnownLabel standing, KnownLabel label) {
    return label.time().isBefore(standing.time()) ? standing : label;
  }
}
