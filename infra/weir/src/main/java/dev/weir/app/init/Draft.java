package dev.weir.app.init;

import dev.weir.app.init.Placement.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A first spec and a first policy.
 *
 * @param spec the text of {@code weir.yaml}
 * @param policy the text of {@code policy.yaml}
 * @param facts what was found, for JSON
 */
public record Draft(String spec, String policy, Map<String, @Nullable Object> facts) {
  public Draft {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Returns a draft of a model whose events and labels are rows of one table.
   *
   * @param model the model's name
   * @throws InitException if there is no label, or nothing is left as a feature
   */
  public static Draft of(String model, Sample sample, Choice choice) {
    List<ColumnProfile> columns =
        sample.names().stream().map(name -> ColumnProfile.of(name, sample.column(name))).toList();
    Roles roles = Roles.of(sample, columns, choice);
    String id = roles.id() == null ? free("eventId", sample) : roles.id();
    Duration delay =
        roles.time() == null || roles.labelTime() == null
            ? null
            : longestDelay(
                sample.column(roles.time()), roles.time(),
                sample.column(roles.labelTime()), roles.labelTime());
    return of(
        new Names(model, model + ".events", model + ".labels", id, false),
        sample,
        roles,
        delay,
        new Placements(sample, roles, choice).of(columns));
  }

  static Draft of(
      Names names,
      Sample sample,
      Roles roles,
      @Nullable Duration delay,
      List<Placement> placements) {
    List<String> cells = roles.time() == null ? List.of() : sample.column(roles.time());
    Times times = Times.of(roles.time(), cells, delay);
    boolean hasFeature =
        placements.stream().anyMatch(each -> each.as() == Use.NUMBER || each.as() == Use.CATEGORY);
    if (!hasFeature && !times.hasDays()) {
      throw new InitException(
          "no column of " + sample.source() + " is left as a feature: " + whys(placements));
    }
    return new Draft(
        new SpecText(names, sample, roles, times, placements).text(),
        PolicyText.of(names.model(), placements),
        facts(names, roles, placements));
  }

  private static String whys(List<Placement> placements) {
    return String.join(
        "; ", placements.stream().map(each -> each.column() + ": " + each.why()).toList());
  }

  static Duration longestDelay(
      List<String> events, String time, List<String> labels, String labelTime) {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < events.size(); i++) {
      Instant event = ColumnProfile.time(time, events.get(i));
      Instant label = ColumnProfile.time(labelTime, labels.get(i));
      if (event != null && label != null) {
        Duration delay = Duration.between(event, label);
        longest = delay.compareTo(longest) > 0 ? delay : longest;
      }
    }
    return longest;
  }

  /** Returns a name that no column has. */
  static String free(String name, Sample sample) {
    String free = name;
    while (sample.names().contains(free)) {
      free = "weir" + free.substring(0, 1).toUpperCase(Locale.ROOT) + free.substring(1);
    }
    return free;
  }

  private static Map<String, @Nullable Object> facts(
      Names names, Roles roles, List<Placement> placements) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("model", names.model());
    facts.put("featuresTopic", names.features());
    facts.put("labelsTopic", names.labels());
    facts.put("id", roles.id());
    facts.put("time", roles.time());
    facts.put("label", roles.label());
    facts.put("positive", roles.positive());
    facts.put("labelTime", roles.labelTime());
    Map<String, Object> columns = new LinkedHashMap<>();
    for (Placement each : placements) {
      columns.put(
          each.column(),
          Map.of(
              "as",
              each.as().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              "why",
              each.why()));
    }
    facts.put("columns", columns);
    return facts;
  }
}
