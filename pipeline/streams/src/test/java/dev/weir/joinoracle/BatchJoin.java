package dev.weir.joinoracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The join as a batch job: sort, then pair. It shares no code with the pipeline and knows nothing
 * of arrival but the order of one event's own records, and which of them came before an erasure.
 */
public final class BatchJoin {
  private BatchJoin() {}

  /** What a record is. */
  public enum Kind {
    ROW,
    LABEL,
    /** What was decided of an event. */
    DECISION,
    /** Its id is that of an entity. */
    ERASURE
  }

  /** One record; {@code value} says nothing in rows and erasures. */
  public record Arrival(Kind kind, String id, String entity, int minute, int value, int order) {}

  /**
   * What the spec says.
   *
   * @param within minutes in which a label counts
   * @param silence what silence means; null when nothing
   * @param isLastWins whether the last label counts instead of the first
   * @param preventing the decision that prevents labels; null when none does
   */
  public record Rules(int within, Integer silence, boolean isLastWins, Integer preventing) {}

  /**
   * Returns the label that stands in the end, by id of each event that has an example, as {@code
   * value@minute}; where copies of it came at several times, each of these.
   */
  public static Map<String, Set<String>> examples(List<Arrival> arrivals, Rules rules) {
    Map<String, List<Arrival>> byId = new TreeMap<>();
    Map<String, List<Arrival>> erasures = new TreeMap<>();
    List<Arrival> sorted = new ArrayList<>(arrivals);
    sorted.sort(Comparator.comparingInt(Arrival::order));
    for (Arrival each : sorted) {
      boolean isErasure = each.kind() == Kind.ERASURE;
      (isErasure ? erasures : byId).computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each);
    }
    Map<String, Set<String>> examples = new TreeMap<>();
    byId.forEach(
        (id, records) -> {
          Set<String> label = new Event(records, rules).label(erasures);
          if (!label.isEmpty()) {
            examples.put(id, label);
          }
        });
    return examples;
  }

  /** The records of one event in the order in which they came. */
  private record Event(List<Arrival> records, Rules rules) {
    private List<Arrival> of(Kind kind) {
      return records.stream().filter(r -> r.kind() == kind).toList();
    }

    private Set<String> label(Map<String, List<Arrival>> erasures) {
      List<Arrival> rows = of(Kind.ROW);
      if (rows.isEmpty() || isErased(rows.get(0), erasures)) {
        return Set.of();
      }
      int deadline = rows.get(0).minute() + rules.within();
      List<Arrival> labels = of(Kind.LABEL);
      List<Arrival> eligible =
          rules.isLastWins() ? labels : labels.subList(0, Math.min(1, labels.size()));
      boolean isInTime = eligible.stream().anyMatch(l -> l.minute() <= deadline);
      if (!isInTime && isPrevented()) {
        return Set.of();
      }
      int until = rules.silence() == null ? deadline : deadline + rules.within();
      List<Arrival> counting = eligible.stream().filter(l -> l.minute() <= until).toList();
      if (counting.isEmpty()) {
        return rules.silence() == null ? Set.of() : Set.of(rules.silence() + "@" + deadline);
      }
      return texts(counting);
    }

    private static Set<String> texts(List<Arrival> counting) {
      Arrival last =
          counting.stream()
              .max(Comparator.comparingInt(Arrival::minute).thenComparing(Arrival::order))
              .orElseThrow();
      Set<String> texts = new TreeSet<>();
      for (Arrival each : counting) {
        if (each.value() == last.value()) {
          texts.add(each.value() + "@" + each.minute());
        }
      }
      return texts;
    }

    private boolean isPrevented() {
      List<Arrival> decisions = of(Kind.DECISION);
      return rules.preventing() != null
          && !decisions.isEmpty()
          && decisions.get(0).value() == rules.preventing();
    }

    /** An erasure spares what has its example already. */
    private boolean isErased(Arrival row, Map<String, List<Arrival>> erasures) {
      int label = of(Kind.LABEL).stream().mapToInt(Arrival::order).min().orElse(Integer.MAX_VALUE);
      int joined = Math.max(row.order(), label);
      return erasures.getOrDefault(row.entity(), List.of()).stream()
          .anyMatch(e -> e.minute() >= row.minute() && e.order() < joined);
    }
  }
}
