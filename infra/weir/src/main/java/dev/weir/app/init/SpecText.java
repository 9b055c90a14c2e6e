package dev.weir.app.init;

import dev.weir.app.init.Placement.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Writes a commented {@code weir.yaml}. */
final class SpecText {
  private static final int MOST_CLASSES = 10;
  private static final int FEWEST_EXAMPLES = 100;
  private static final int MOST_EXAMPLES = 2_000;
  private static final int LEAST_WINDOW = 1_000;
  private static final int ADULT_WORKER = 40;
  private static final int SMALL = 5_000;

  private final Names names;
  private final Sample sample;
  private final Roles roles;
  private final Times times;
  private final List<Placement> placements;
  private final List<String> lines = new ArrayList<>();

  SpecText(Names names, Sample sample, Roles roles, Times times, List<Placement> placements) {
    this.names = names;
    this.sample = sample;
    this.roles = roles;
    this.times = times;
    this.placements = placements;
  }

  String text() {
    head();
    events();
    features();
    groups();
    training();
    return String.join("\n", lines) + "\n";
  }

  private void head() {
    add(
        "# A first spec from %s: %,d of its %,d rows were looked at.",
        Yaml.comment(sample.source()), sample.rows().size(), sample.total());
    add("# Read every line with a question mark. All keys: docs/reference/spec.md");
    add("model: %s", names.model());
    add("version: 1");
    add("");
  }

  private void events() {
    add("events:");
    add("  features:");
    add("    topic: %s", Yaml.text(names.features()));
    String id = roles.id() == null ? Draft.free("eventId", sample) : roles.id();
    add(
        "    id: %s%s",
        Yaml.text(id),
        roles.id() == null
            ? "  # no column is unique and named like an id: a backtest counts rows, a producer must"
                + " send one"
            : "  # unique in the sample");
    add("    time: %s%s", Yaml.text(time()), timeComment());
    add("  labels:");
    add("    topic: %s", Yaml.text(names.labels()));
    add("    id: %s", Yaml.text(names.labelId()));
    add(
        "    time: %s%s",
        Yaml.text(labelTime()),
        roles.labelTime() == null
            ? "  # no column of times follows the event's: a backtest supplies one, see its"
                + " --labels-after"
            : "");
    label();
    Duration within = times.labelWithin();
    add(
        "  labelWithin: %s  # %s",
        within == null ? "P7D" : days(within),
        within == null
            ? "how long do labels take? the data do not say"
            : "half as long again as the longest delay in the sample");
    add("  # onExpiry: {label: 0}  # does no label until then mean 0?");
    boolean isDays = times.tick().toDays() > 0;
    add(
        "  tick: %s  # of the event-time driver",
        isDays ? days(times.tick()) : times.tick().toString());
    add("");
  }

  /** ISO-8601 with days as such, {@code P14D}. */
  private static String days(Duration duration) {
    return "P" + duration.toDays() + "D";
  }

  private String time() {
    return roles.time() == null ? Draft.free("eventTime", sample) : roles.time();
  }

  private String labelTime() {
    return roles.labelTime() == null ? Draft.free("labelTime", sample) : roles.labelTime();
  }

  private String timeComment() {
    if (roles.time() == null) {
      return "  # no column of times: a backtest takes even steps, a producer must send one";
    }
    return times.hasZone()
        ? ""
        : "  # names no zone: a backtest takes UTC, a producer must send 2026-01-31T12:00:00Z";
  }

  /** Words in a topic become 0 and 1 by an expression; a backtest of a file has an option. */
  private void label() {
    if (roles.isBinary()) {
      String question = "is it what you want to predict?";
      add("    value: %s  # %s; %s", Yaml.text(roles.label()), shareOfOnes(), question);
    } else if (names.isTopics()) {
      String expression =
          "record[" + Yaml.quoted(roles.label()) + "] == " + Yaml.quoted(roles.positive());
      add("    expression: %s  # %s", Yaml.text(expression), shareOfOnes());
    } else {
      add(
          "    value: %s  # %s means 1, %s; a backtest takes --positive %s, labels in Kafka must"
              + " be 0 or 1, or made so by an expression",
          Yaml.text(roles.label()),
          Yaml.comment(Yaml.text(roles.positive())),
          shareOfOnes(),
          Yaml.comment("'" + roles.positive() + "'"));
    }
  }

  private String shareOfOnes() {
    int ones = 0;
    int labelled = 0;
    for (int label : roles.labels(sample)) {
      labelled += label >= 0 ? 1 : 0;
      ones += label == 1 ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "1 in %.1f %% of %,d labelled rows",
        100.0 * ones / Math.max(1, labelled),
        labelled);
  }

  private void features() {
    add("features:");
    Set<String> taken = new TreeSet<>();
    for (Placement each : placements) {
      if (each.as() == Use.NUMBER || each.as() == Use.CATEGORY) {
        taken.add(each.column());
        add("  - %s%s", feature(each), each.why().isEmpty() ? "" : "  # " + each.why());
      }
    }
    if (times.hasDays()) {
      if (times.hasHours()) {
        timePart(taken, "hourOfDay");
      }
      timePart(taken, "dayOfWeek");
    }
    add(
        "  # - {name: recentRate, type: knownLabelRate, window: P1D}  # the rate of labels known by"
            + " then");
    for (Placement each : placements) {
      if (each.as() == Use.SUSPECT) {
        add("  # - %s  # %s", feature(each), Yaml.comment(each.why()));
      } else if (each.as() == Use.LEFT_OUT) {
        add("  # left out: %s: %s", Yaml.comment(each.column()), Yaml.comment(each.why()));
      }
    }
    add("");
  }

  private void timePart(Set<String> taken, String part) {
    String name = taken.contains(part) ? part + "Utc" : part;
    if (taken.add(name)) {
      add("  - {name: %s, type: %s}  # of the event time, in UTC", name, part);
    }
  }

  private static String feature(Placement placement) {
    String name = Yaml.text(placement.column());
    return placement.values().isEmpty()
        ? "{name: " + name + ", type: number}"
        : "{name: " + name + ", type: category, values: " + Yaml.list(placement.values()) + "}";
  }

  private void groups() {
    List<Placement> groups = placements.stream().filter(each -> each.as() == Use.GROUP).toList();
    if (groups.isEmpty()) {
      add("# groups: no column is named like a protected attribute; is there one all the same?");
      add("# groups:");
      add("#   - {name: sex}");
      add("");
      return;
    }
    add("groups:  # compared in each audit, and no features; are these all?");
    groups.forEach(each -> add("  - %s", group(each)));
    add("");
  }

  private static String group(Placement placement) {
    String name = Yaml.text(placement.column());
    List<String> values = placement.values();
    if (values.size() <= MOST_CLASSES) {
      return "{name: " + name + "}";
    }
    if (values.stream().allMatch(each -> each.matches("-?\\d{1,9}"))) {
      List<Integer> numbers = values.stream().map(Integer::valueOf).sorted().toList();
      int cut =
          Words.of(placement.column()).contains("age")
              ? ADULT_WORKER
              : numbers.get(numbers.size() / 2);
      List<String> below =
          numbers.stream().filter(each -> each < cut).map(String::valueOf).toList();
      return String.format(
          Locale.ROOT,
          "{name: %s, classes: {\"under %d\": %s}, otherwise: \"%d and over\"}",
          name,
          cut,
          Yaml.list(below),
          cut);
    }
    String most = Yaml.text(values.get(0));
    return String.format(
        Locale.ROOT,
        "{name: %s, classes: {%s: [%s]}, otherwise: other}  # the most frequent against all others",
        name,
        most,
        most);
  }

  private void training() {
    long labelled = 0;
    for (int label : roles.labels(sample)) {
      labelled += label >= 0 ? 1 : 0;
    }
    long examples = Math.max(FEWEST_EXAMPLES, Math.min(MOST_EXAMPLES, labelled / MOST_CLASSES));
    add("training:");
    add("  network: {hidden: %s, dropout: 0.2}", labelled < SMALL ? "[16]" : "[32, 16]");
    add("  optimizer: {learningRate: 0.003, weightDecay: 0.01}");
    add("  batchSize: 128");
    add("  epochs: 50");
    add("");
    add("decisionThreshold: baseRate  # or the probability from which you act");
    add("");
    add("triggers:");
    add("  volume: {examples: %d}  # labelled rows before the first training", examples);
    add(
        "  drift: {window: %d}  # rows of a training after an alarm",
        Math.max(LEAST_WINDOW, examples));
  }

  private void add(String format, Object... arguments) {
    lines.add(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
  }
}
