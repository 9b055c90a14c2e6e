package dev.weir.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One golden case: its values and, where the case has them, the rows it was computed from.
 *
 * @param name the file's name without {@code .json}
 * @param json the values
 * @param csv the rows of the {@code .csv} file of the same name, in a table
 */
public record GoldenFile(String name, JsonNode json, Table csv) {

  /** Returns whether the case has rows in a file of its own. */
  public boolean hasCsv() {
    return !csv.columns().isEmpty();
  }

  @Override
  public String toString() {
    return name;
  }
}
