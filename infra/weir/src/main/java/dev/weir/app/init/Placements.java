package dev.weir.app.init;

import dev.weir.app.csv.Cells;
import dev.weir.app.init.ColumnProfile.Kind;
import dev.weir.app.init.Placement.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decides of each column that has no role whether it is a feature, a group, or left out. */
final class Placements {
  /** A column that alone separates labels so well is rarely known at the event's time. */
  static final double SUSPICIOUS = 0.9;

  /** Categories beyond the most frequent ones are "unseen". */
  static final int MOST_VALUES = 50;

  private static final int FEWEST_ROWS_PER_VALUE = 10;
  private static final int MOST_CODES = 12;
  private static final int FEWEST_MISSING = 20;
  private static final double MOSTLY = 0.98;
  private static final int LONGEST_COMMON_START = 5;

  private final Sample sample;
  private final Roles roles;
  private final List<String> groups;
  private final int[] labels;

  Placements(Sample sample, Roles roles, Choice choice) {
    this.sample = sample;
    this.roles = roles;
    this.groups = choice.groups();
    this.labels = roles.labels(sample);
  }

  List<Placement> of(List<ColumnProfile> columns) {
    List<Placement> all = new ArrayList<>();
    for (ColumnProfile each : columns) {
      if (!isTaken(each.name())) {
        all.add(place(each));
      }
    }
    return all;
  }

  private boolean isTaken(String column) {
    return column.equals(roles.id())
        || column.equals(roles.time())
        || column.equals(roles.labelTime())
        || column.equals(roles.label());
  }

  private Placement place(ColumnProfile column) {
    if (groups.contains(column.name())) {
      return group(column);
    }
    String reason = leftOut(column);
    if (!reason.isEmpty()) {
      return new Placement(column.name(), Use.LEFT_OUT, reason, List.of());
    }
    if (groups.isEmpty() && Words.suggests(column.name(), Words.PROTECTED)) {
      return group(column);
    }
    boolean isCategory = isCategory(column);
    String suspicion = suspicion(column, isCategory);
    List<String> values = isCategory ? vocabulary(column) : List.of();
    if (!suspicion.isEmpty()) {
      return new Placement(column.name(), Use.SUSPECT, suspicion, isCategory ? values : List.of());
    }
    return new Placement(
        column.name(), isCategory ? Use.CATEGORY : Use.NUMBER, note(column, isCategory), values);
  }

  private static Placement group(ColumnProfile column) {
    if (column.kind() == Kind.NUMBER && !column.isWhole()) {
      return new Placement(
          column.name(),
          Use.LEFT_OUT,
          "a protected attribute? classes need whole numbers or words",
          List.of());
    }
    return new Placement(column.name(), Use.GROUP, "", column.values());
  }

  private static String leftOut(ColumnProfile column) {
    if (column.name().isEmpty()) {
      return "has no name";
    }
    if (column.kind() == Kind.CONSTANT) {
      return column.distinct() == 0 ? "always empty" : "always " + column.values().get(0);
    }
    if (column.kind() == Kind.TIME) {
      return "another time; a feature cannot be one";
    }
    boolean isSerial =
        column.isWhole()
            && column.distinct() > MOST_VALUES
            && Words.suggests(column.name(), Words.SERIAL);
    if (isSerial || (column.isWhole() && column.isUnique() && column.isRising())) {
      return "counts or names rows, " + column.distinct() + " different numbers";
    }
    if (column.kind() == Kind.TEXT
        && column.distinct() > MOST_VALUES
        && column.present() < FEWEST_ROWS_PER_VALUE * column.distinct()) {
      return "names or free text, " + column.distinct() + " different values";
    }
    return "";
  }

  private static boolean isCategory(ColumnProfile column) {
    return column.kind() == Kind.TEXT
        || (column.isWhole()
            && column.distinct() > 2
            && column.distinct() <= MOST_CODES
            && Words.suggests(column.name(), Words.CODE));
  }

  private static List<String> vocabulary(ColumnProfile column) {
    return column.values().subList(0, Math.min(MOST_VALUES, column.distinct()));
  }

  private String suspicion(ColumnProfile column, boolean isCategory) {
    double area = Separation.of(!isCategory, sample.column(column.name()), labels);
    if (area >= SUSPICIOUS) {
      return String.format(
          Locale.ROOT,
          "leakage? alone it separates the labels with an AUC of %.2f",
          Math.floor(100 * area) / 100);
    }
    if (isMissingWithLabel(column)) {
      return "leakage? missing only where the label is missing, too";
    }
    if (Words.commonStart(column.name(), roles.label()) >= LONGEST_COMMON_START) {
      return "leakage? named like the label";
    }
    return Words.suggests(column.name(), Words.AFTERWARDS)
            && !Words.suggests(column.name(), Words.BEFOREHAND)
        ? "leakage? the name sounds like something known only afterwards"
        : "";
  }

  /** What is measured at the event is missing by chance; what comes later is missing together. */
  private boolean isMissingWithLabel(ColumnProfile column) {
    List<String> cells = sample.column(column.name());
    int missing = 0;
    int together = 0;
    for (int i = 0; i < labels.length; i++) {
      if (Cells.isMissing(cells.get(i))) {
        missing++;
        together += labels[i] < 0 ? 1 : 0;
      }
    }
    return missing >= FEWEST_MISSING && together > MOSTLY * missing;
  }

  private static String note(ColumnProfile column, boolean isCategory) {
    if (isCategory && column.distinct() > MOST_VALUES) {
      return "the "
          + MOST_VALUES
          + " most frequent of "
          + column.distinct()
          + ", others are unseen";
    }
    int percent = (int) Math.round(100.0 * column.missing() / column.rows());
    return percent == 0 ? "" : percent + " % missing";
  }
}
