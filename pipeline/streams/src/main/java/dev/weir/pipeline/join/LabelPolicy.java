package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import java.util.List;

/** Which of an event's labels counts when there are several; says so, and counts what it drops. */
interface LabelPolicy {
  /**
   * Returns the labels that may matter when one is added to those that are known, in the order in
   * which they came; one that may not is counted.
   */
  List<KnownLabel> add(List<KnownLabel> known, KnownLabel label);

  /** Returns what becomes of an open event that has its row and at least one label. */
  EventState resolve(Row row, EventState open);

  /** Returns what becomes of an event that has an example when a further label comes. */
  EventState correct(EventState settled, KnownLabel label);
}
