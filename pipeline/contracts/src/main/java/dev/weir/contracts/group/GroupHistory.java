package dev.weir.contracts.group;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.GroupValues;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The restricted group values of some rows, as said over time. Immutable once read.
 *
 * <p>Of two values of one field and one time the one with the higher offset counts; all records of
 * a subject lie in one partition. Values of other subjects than the rows' are not kept.
 */
public final class GroupHistory {
  private final Events.GroupSource source;
  private final List<GroupSpec> groupings;
  private final Map<String, Map<String, TreeMap<Instant, String>>> bySubject = new HashMap<>();

  private GroupHistory(Events.GroupSource source, List<GroupSpec> groupings, Collection<Row> rows) {
    this.source = source;
    this.groupings = List.copyOf(groupings);
    rows.forEach(row -> bySubject.put(subject(row), new HashMap<>()));
  }

  /**
   * Reads what the ranges say of some rows.
   *
   * @param ranges where the values lie
   * @param spec says whose values they are, and what is in which class; must have {@code
   *     events.groups}
   * @param groupings those of the spec that are wanted; no other field is kept
   * @param rows the rows that will be asked about
   * @throws IllegalStateException if part of a range is no longer, or not yet, on the topic
   */
  public static GroupHistory read(
      RangeReader reader,
      List<OffsetRange> ranges,
      ModelSpec spec,
      List<GroupSpec> groupings,
      Collection<Row> rows) {
    Events.GroupSource source = requireNonNull(spec.events().groups(), "events.groups");
    GroupHistory history = new GroupHistory(source, groupings, rows);
    reader.forEach(ranges, history::add);
    return history;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    String subject = new String(record.key(), StandardCharsets.UTF_8);
    Map<String, TreeMap<Instant, String>> fields = bySubject.get(subject);
    if (fields == null) {
      return;
    }
    GroupValues said = Json.read(record.value(), GroupValues.class);
    for (GroupSpec grouping : groupings) {
      String value = said.values().get(grouping.field());
      if (value != null) {
        fields.computeIfAbsent(grouping.field(), f -> new TreeMap<>()).put(said.time(), value);
      }
    }
  }

  /** Returns the row with its values of the wanted groupings; one that nobody said is left out. */
  public Row join(Row row) {
    SortedMap<String, String> groups = new TreeMap<>();
    for (GroupSpec grouping : groupings) {
      value(row, grouping).ifPresent(v -> groups.put(grouping.name(), grouping.groupOf(v)));
    }
    return row.with(groups);
  }

  /** Returns the example with its row's values. */
  public Example join(Example example) {
    return example.with(join(example.row()).groups());
  }

  private Optional<String> value(Row row, GroupSpec grouping) {
    TreeMap<Instant, String> said = said(row, grouping);
    return Optional.ofNullable(
            source.isAsOfEvent() ? said.floorEntry(row.eventTime()) : said.lastEntry())
        .map(Map.Entry::getValue);
  }

  private TreeMap<Instant, String> said(Row row, GroupSpec grouping) {
    return bySubject
        .getOrDefault(subject(row), Map.of())
        .getOrDefault(grouping.field(), new TreeMap<>());
  }

  /**
   * Returns how many of the rows have no value of a grouping although one was said for a later
   * time, by grouping; groupings without such rows are left out.
   */
  public SortedMap<String, Long> knownOnlyLater(Collection<Row> rows) {
    return groupings.stream()
        .collect(
            Collectors.toMap(
                GroupSpec::name,
                grouping -> rows.stream().filter(row -> isOnlyLater(row, grouping)).count(),
                Long::sum,
                TreeMap::new))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
  }

  private boolean isOnlyLater(Row row, GroupSpec grouping) {
    return !said(row, grouping).isEmpty() && value(row, grouping).isEmpty();
  }

  private String subject(Row row) {
    return source.isByEntity() ? row.entityId() : row.eventId();
  }
}
