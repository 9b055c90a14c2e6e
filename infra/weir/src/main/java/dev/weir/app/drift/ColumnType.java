package dev.weir.app.drift;

import java.util.Locale;

/** How the values of a column are compared. */
public enum ColumnType {
  /** By the two-sample Kolmogorov–Smirnov test. */
  NUMBER,
  /** By the chi-square test of homogeneity. */
  CATEGORY,
  /** Not at all: times move on. */
  TIME,
  /** Not at all: too many different values, as of an id or of free text. */
  TEXT;

  /** Returns the name that tables and JSON have. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
