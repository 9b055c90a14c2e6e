package dev.weir.app.init;

import java.util.List;

/**
 * Where a column goes in the spec.
 *
 * @param column its name
 * @param as what it is used as
 * @param why why it is left out, or what to know of it; may be empty
 * @param values the vocabulary of a category, or a group's values
 */
record Placement(String column, Use as, String why, List<String> values) {
  Placement {
    values = List.copyOf(values);
  }

  /** What a column is used as. */
  enum Use {
    NUMBER,
    CATEGORY,
    GROUP,
    LEFT_OUT,
    /** Left out, and written as a comment that may be uncommented. */
    SUSPECT
  }
}
