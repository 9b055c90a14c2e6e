package dev.weir.joinoracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The join as a batch job: sort, then pair. It shares no code with the pipeline and knows nothing
 * of arrival but which of an event's labels came first.
 */
public final class BatchJoin {
  private BatchJoin() {}

  /** One record: a row if {@code value} is null. */
  public record Arrival(String id, int minute, Integer value, int order) {}

  /** Returns {@code value@minute} of the label by event id, for each event that is an example. */
  public static Map<String, String> examples(List<Arrival> arrivals, int within) {
    List<Arrival> sorted = new ArrayList<>(arrivals);
    sorted.sort(
        Comparator.comparing(Arrival::id)
            .thenComparing(a -> a.value() != null)
            .thenComparing(Arrival::order));
    Map<String, String> examples = new TreeMap<>();
    for (int from = 0, to; from < sorted.size(); from = to) {
      Arrival row = sorted.get(from);
      to = from;
      Arrival label = null;
      while (to < sorted.size() && sorted.get(to).id().equals(row.id())) {
        if (label == null && sorted.get(to).value() != null) {
          label = sorted.get(to);
        }
        to++;
      }
      boolean isPair = row.value() == null && label != null;
      if (isPair && label.minute() - row.minute() <= within) {
        examples.put(row.id(), label.value() + "@" + label.minute());
      }
    }
    return examples;
  }
}
