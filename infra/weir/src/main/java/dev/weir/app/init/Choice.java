package dev.weir.app.init;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user said of the columns; what is null or empty is found by looking.
 *
 * @param id the column with the event's id
 * @param time the column with the event's time
 * @param label the column with the label
 * @param positive the label that means 1, where labels are words
 * @param groups columns with protected attributes
 */
public record Choice(
    @Nullable String id,
    @Nullable String time,
    @Nullable String label,
    @Nullable String positive,
    List<String> groups) {
  /** Says nothing. */
  public static final Choice NONE = new Choice(null, null, null, null, List.of());

  public Choice {
    groups = List.copyOf(groups);
  }
}
