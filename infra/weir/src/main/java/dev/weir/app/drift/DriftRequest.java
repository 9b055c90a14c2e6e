package dev.weir.app.drift;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which files are compared, and how.
 *
 * @param reference a CSV file as it should be
 * @param current a CSV file as it is now
 * @param columns the columns to compare; empty for all that both files have
 * @param types types of columns that the files themselves do not tell rightly
 * @param level the false discovery rate, in (0, 1)
 * @param floor the population stability index, beyond what chance alone gives, from which a
 *     significant difference is drift; ≥ 0
 */
public record DriftRequest(
    Path reference,
    Path current,
    List<String> columns,
    Map<String, ColumnType> types,
    double level,
    double floor) {
  public DriftRequest {
    columns = List.copyOf(columns);
    types = Map.copyOf(types);
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("--level must be in (0, 1), was " + level);
    }
    if (!(floor >= 0)) {
      throw new IllegalArgumentException("--floor must be >= 0, was " + floor);
    }
  }
}
