package dev.weir.app.init;

import dev.weir.app.csv.Cells;
import dev.weir.app.csv.CsvFile;
import dev.weir.app.init.ColumnProfile.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which column is the id, the time, the label and the label's time, and which label is 1.
 *
 * @param id null where no column is unique and named like one
 * @param time null where there is none
 * @param labelTime null where there is none
 * @param label the label
 * @param positive the value that means 1
 */
record Roles(
    @Nullable String id,
    @Nullable String time,
    @Nullable String labelTime,
    String label,
    String positive) {
  private static final Set<String> YES =
      Set.of("true", "yes", "y", "positive", "bad", "late", "churned", "fraud", "up");
  private static final int LABEL_WORD = 10;
  private static final int LAST_COLUMN = 4;
  private static final int ZERO_AND_ONE = 2;

  /** Returns the roles: what the user chose, else what looks most like it. */
  static Roles of(Sample sample, List<ColumnProfile> columns, Choice choice) {
    Stream.concat(
            Stream.of(choice.id(), choice.time(), choice.label()).filter(each -> each != null),
            choice.groups().stream())
        .forEach(each -> CsvFile.position(sample.source(), sample.names(), each));
    String time = choice.time() == null ? time(columns) : choice.time();
    ColumnProfile label = label(sample, columns, choice);
    String id = choice.id() == null ? id(columns, label) : choice.id();
    return new Roles(
        id,
        time,
        time == null ? null : labelTime(sample, columns, time),
        label.name(),
        positive(label, choice));
  }

  private static @Nullable String id(List<ColumnProfile> columns, ColumnProfile label) {
    return columns.stream()
        .filter(each -> each.isUnique() && !each.name().equals(label.name()))
        .filter(each -> each.kind() == Kind.TEXT || each.isWhole())
        .filter(each -> each.kind() != Kind.TIME && Words.suggests(each.name(), Words.ID))
        .map(ColumnProfile::name)
        .findFirst()
        .orElse(null);
  }

  /** Of the columns of times one that rises, else the first; a word in the name breaks ties. */
  private static @Nullable String time(List<ColumnProfile> columns) {
    return columns.stream()
        .filter(each -> each.kind() == Kind.TIME && each.missing() == 0)
        .min(
            Comparator.comparing((ColumnProfile each) -> !each.isRising())
                .thenComparing(each -> !Words.suggests(each.name(), Words.TIME))
                .thenComparing(each -> Words.suggests(each.name(), Words.AFTERWARDS)))
        .map(ColumnProfile::name)
        .orElse(null);
  }

  /** A column of times that never lie before the event's, and mostly after it. */
  private static @Nullable String labelTime(
      Sample sample, List<ColumnProfile> columns, String time) {
    return columns.stream()
        .filter(each -> each.kind() == Kind.TIME && !each.name().equals(time))
        .map(ColumnProfile::name)
        .filter(each -> comesAfter(sample, time, each))
        .findFirst()
        .orElse(null);
  }

  private static boolean comesAfter(Sample sample, String time, String other) {
    List<String> events = sample.column(time);
    List<String> others = sample.column(other);
    int after = 0;
    int both = 0;
    for (int i = 0; i < events.size(); i++) {
      Instant event = ColumnProfile.time(time, events.get(i));
      Instant late = ColumnProfile.time(other, others.get(i));
      if (event != null && late != null) {
        if (late.isBefore(event)) {
          return false;
        }
        both++;
        after += late.isAfter(event) ? 1 : 0;
      }
    }
    return 2 * after > both;
  }

  private static ColumnProfile label(Sample sample, List<ColumnProfile> columns, Choice choice) {
    if (choice.label() != null) {
      ColumnProfile chosen = named(columns, choice.label());
      if (chosen.distinct() != 2) {
        throw new InitException(
            "the label "
                + chosen.name()
                + " has "
                + chosen.distinct()
                + " values in "
                + sample.source()
                + "; Weir learns labels with two");
      }
      return chosen;
    }
    Predicate<ColumnProfile> isCandidate =
        each ->
            each.distinct() == 2
                && each.kind() != Kind.TIME
                && !Words.suggests(each.name(), Words.PROTECTED);
    Optional<ColumnProfile> best =
        columns.stream()
            .filter(isCandidate)
            .max(
                Comparator.comparing((ColumnProfile each) -> score(each, columns))
                    .thenComparing(ColumnProfile::rarest));
    return best.orElseThrow(
        () ->
            new InitException(
                "no column of "
                    + sample.source()
                    + " has two values, as a label has; it has "
                    + CsvFile.named(sample.names())
                    + ". Name it by --label"));
  }

  private static int score(ColumnProfile column, List<ColumnProfile> columns) {
    int score = Words.suggests(column.name(), Words.LABEL) ? LABEL_WORD : 0;
    score += columns.indexOf(column) == columns.size() - 1 ? LAST_COLUMN : 0;
    return score + (column.values().containsAll(List.of("0", "1")) ? ZERO_AND_ONE : 0);
  }

  private static String positive(ColumnProfile label, Choice choice) {
    if (choice.positive() != null) {
      if (!label.values().contains(choice.positive())) {
        throw new InitException(
            "the label "
                + label.name()
                + " is never '"
                + choice.positive()
                + "'; it is "
                + String.join(" or ", label.values()));
      }
      return choice.positive();
    }
    for (String value : label.values()) {
      if (Cells.number(value) == 1 || YES.contains(value.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    return label.values().get(label.values().size() - 1);
  }

  private static ColumnProfile named(List<ColumnProfile> columns, String name) {
    return columns.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns whether labels are 0 and 1 already. */
  boolean isBinary() {
    return Cells.number(positive) == 1 || positive.equals("true");
  }

  /** Returns each row's label, 0 or 1; −1 where it has none. */
  int[] labels(Sample sample) {
    return sample.column(label).stream()
        .mapToInt(cell -> Cells.isMissing(cell) ? -1 : cell.equals(positive) ? 1 : 0)
        .toArray();
  }
}
