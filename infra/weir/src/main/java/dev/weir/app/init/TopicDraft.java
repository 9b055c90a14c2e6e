package dev.weir.app.init;

import dev.weir.app.init.ColumnProfile.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * The labels are put beside the rows by the id that both topics share, so that everything that
 * looks at a file looks at topics, too.
 */

/** A first spec from a topic of events and a topic of labels. */
public final class TopicDraft {
  private TopicDraft() {}

  /**
   * Returns a draft from a sample of features and one of labels.
   *
   * @param model the model's name
   * @throws InitException if the two share no id, or no field of the labels has two values
   */
  public static Draft of(String model, TopicSample features, TopicSample labels, Choice choice) {
    Sample events = features.table();
    Sample outcomes = labels.table();
    String[] ids = ids(events, outcomes, choice);
    Sample others = without(outcomes, ids[1]);
    List<ColumnProfile> fields = profiles(others);
    Roles inLabels =
        Roles.of(
            others, fields, new Choice(null, null, choice.label(), choice.positive(), List.of()));
    Sample joined = joined(events, ids[0], outcomes, ids[1], inLabels.label());
    List<ColumnProfile> columns = profiles(joined);
    Roles inEvents =
        Roles.of(
            joined,
            columns,
            new Choice(
                ids[0], choice.time(), inLabels.label(), inLabels.positive(), choice.groups()));
    String labelTime = labelTime(fields);
    Roles roles =
        new Roles(ids[0], inEvents.time(), labelTime, inLabels.label(), inLabels.positive());
    Roles taken = new Roles(ids[0], inEvents.time(), null, inLabels.label(), inLabels.positive());
    Duration delay =
        inEvents.time() == null || labelTime == null
            ? null
            : Draft.longestDelay(
                events.column(inEvents.time()),
                inEvents.time(),
                labelTimes(events, ids[0], outcomes, ids[1], labelTime),
                labelTime);
    return Draft.of(
        new Names(model, events.source(), outcomes.source(), ids[1], true),
        joined,
        roles,
        delay,
        new Placements(joined, taken, choice).of(columns));
  }

  private static List<ColumnProfile> profiles(Sample sample) {
    return sample.names().stream()
        .map(name -> ColumnProfile.of(name, sample.column(name)))
        .toList();
  }

  private static @Nullable String labelTime(List<ColumnProfile> fields) {
    return fields.stream()
        .filter(each -> each.kind() == Kind.TIME)
        .map(ColumnProfile::name)
        .findFirst()
        .orElse(null);
  }

  /** The pair of fields that share most values, unique among the events. */
  private static String[] ids(Sample events, Sample labels, Choice choice) {
    String[] best = {"", ""};
    int most = 0;
    for (String field : events.names()) {
      Set<String> values = new HashSet<>(events.column(field));
      boolean isEligible =
          choice.id() == null ? values.size() == events.rows().size() : field.equals(choice.id());
      for (String other : isEligible ? labels.names() : List.<String>of()) {
        Set<String> common = new HashSet<>(labels.column(other));
        common.retainAll(values);
        common.remove("");
        int score = 2 * common.size() + (field.equals(other) ? 1 : 0);
        if (!common.isEmpty() && score > most) {
          most = score;
          best = new String[] {field, other};
        }
      }
    }
    if (most == 0) {
      throw new InitException(
          "no field of "
              + events.source()
              + " is unique and shares values with a field of "
              + labels.source()
              + ", as an id does; take a larger --sample, or name it by --id");
    }
    return best;
  }

  private static Sample without(Sample sample, String column) {
    int at = sample.names().indexOf(column);
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : sample.rows()) {
      rows.add(dropped(row, at));
    }
    return new Sample(sample.source(), dropped(sample.names(), at), rows, sample.total());
  }

  private static List<String> dropped(List<String> cells, int at) {
    List<String> left = new ArrayList<>(cells);
    left.remove(at);
    return left;
  }

  /** Events with their label as the last column, in place of a field of the same name. */
  private static Sample joined(
      Sample events, String id, Sample labels, String labelId, String label) {
    Sample own = events.names().contains(label) ? without(events, label) : events;
    Map<String, String> byId = byId(labels, labelId, label);
    List<String> ids = own.column(id);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      List<String> row = new ArrayList<>(own.rows().get(i));
      row.add(byId.getOrDefault(ids.get(i), ""));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(own.names());
    columns.add(label);
    return new Sample(events.source() + " and " + labels.source(), columns, rows, events.total());
  }

  private static Map<String, String> byId(Sample labels, String labelId, String column) {
    Map<String, String> byId = new HashMap<>();
    List<String> ids = labels.column(labelId);
    List<String> values = labels.column(column);
    for (int i = 0; i < ids.size(); i++) {
      byId.putIfAbsent(ids.get(i), values.get(i));
    }
    return byId;
  }

  /** Returns each event's label time; empty where it is not known. */
  private static List<String> labelTimes(
      Sample events, String id, Sample labels, String labelId, String labelTime) {
    Map<String, String> known = byId(labels, labelId, labelTime);
    return events.column(id).stream().map(each -> known.getOrDefault(each, "")).toList();
  }
}
