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
    Map<String, String> examples = new TreeMap<>();
    for (Arrival[] each : firstRowsWithFirstLabels(arrivals)) {
      if (each[1] != null && each[1].minute() - each[0].minute() <= within) {
        examples.put(each[0].id(), each[1].value() + "@" + each[1].minute());
      }
    }
    return examples;
  }

  /**
   * Returns the same where silence is the label {@code silence}: by event id, the label that stands
   * in the end. A label corrects silence within as much time again.
   */
  public static Map<String, String> examples(List<Arrival> arrivals, int within, int silence) {
    Map<String, String> examples = new TreeMap<>();
    for (Arrival[] each : firstRowsWithFirstLabels(arrivals)) {
      int deadline = each[0].minute() + within;
      boolean isLabelled = each[1] != null && each[1].minute() <= deadline + within;
      examples.put(
          each[0].id(),
          isLabelled ? each[1].value() + "@" + each[1].minute() : silence + "@" + deadline);
    }
    return examples;
  }

  private static List<Arrival[]> firstRowsWithFirstLabels(List<Arrival> arrivals) {
    List<Arrival> sorted = new ArrayList<>(arrivals);
    sorted.sort(
        Comparator.comparing(Arrival::id)
            .thenComparing(a -> a.value() != null)
            .thenComparing(Arrival::order));
    List<Arrival[]> pairs = new ArrayList<>();
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
      if (row.value() == null) {
        pairs.add(new Arrival[] {row, label});
      }
    }
    return pairs;
  }
}
