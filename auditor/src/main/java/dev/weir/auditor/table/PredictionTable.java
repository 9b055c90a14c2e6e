package dev.weir.auditor.table;

import dev.weir.statistics.group.ErrorTally;
import dev.weir.statistics.group.GroupTally;
import dev.weir.statistics.group.Predictions;
import dev.weir.statistics.group.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table of predictions in columns: decisions or predicted numbers with what came of them, and the
 * attributes of the rows.
 */
public final class PredictionTable {
  private final Task task;
  private final int rows;
  private final boolean isWeighted;
  private final List<Attribute> attributes;
  private final List<String> warnings;
  private final Favoured favoured;
  private final OptionalDouble consistency;
  private final BiFunction<int[], Integer, Tally> tally;

  private PredictionTable(
      Task task,
      int rows,
      boolean isWeighted,
      List<Attribute> attributes,
      List<String> warnings,
      Favoured favoured,
      OptionalDouble consistency,
      BiFunction<int[], Integer, Tally> tally) {
    this.task = task;
    this.rows = rows;
    this.isWeighted = isWeighted;
    this.attributes = List.copyOf(attributes);
    this.warnings = List.copyOf(warnings);
    this.favoured = favoured;
    this.consistency = consistency;
    this.tally = tally;
  }

  /** What the predictions are. */
  enum Task {
    CLASSIFICATION,
    REGRESSION
  }

  /**
   * Returns the table in a CSV file.
   *
   * @throws TableException if the file is no such table; the message says where and why
   * @throws IOException if the file cannot be read
   */
  public static PredictionTable read(Path file, TableRequest request) throws IOException {
    TableColumns columns = TableColumns.read(file, request);
    return columns.table();
  }

  static PredictionTable of(
      Predictions predictions,
      boolean isWeighted,
      Favoured favoured,
      OptionalDouble consistency,
      List<Attribute> attributes,
      List<String> warnings) {
    List<Attribute> ordered =
        attributes.stream()
            .map(a -> new Attribute(a.name(), a.groups(), predictions.inOrder(a.codes())))
            .toList();
    return new PredictionTable(
        Task.CLASSIFICATION,
        predictions.rows(),
        isWeighted,
        ordered,
        warnings,
        favoured.inOrder(predictions::inOrder),
        consistency,
        (codes, groups) -> GroupTally.of(predictions, codes, groups));
  }

  static PredictionTable of(
      double[] labels,
      double[] predictions,
      double @Nullable [] weights,
      List<Attribute> attributes,
      List<String> warnings) {
    return new PredictionTable(
        Task.REGRESSION,
        labels.length,
        weights != null,
        attributes,
        warnings,
        Favoured.of(null, predictions),
        OptionalDouble.empty(),
        (codes, groups) -> ErrorTally.of(labels, predictions, weights, codes, groups));
  }

  Task task() {
    return task;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  boolean isWeighted() {
    return isWeighted;
  }

  /** Returns the attributes, one per column of groups. */
  List<Attribute> attributes() {
    return attributes;
  }

  /** Returns what a reader of the audit should know of the table. */
  List<String> warnings() {
    return warnings;
  }

  /** Returns the tally of an attribute; its codes are in this table's order. */
  Tally tally(Attribute attribute) {
    return tally.apply(attribute.codes(), attribute.groups().size());
  }

  /** Returns the consistency of the decisions; empty when nobody asked for it. */
  OptionalDouble consistency() {
    return consistency;
  }

  /** Returns the impact ratios of an attribute, by kind and group. */
  Map<String, Map<String, TableReport.Impact>> impact(Attribute attribute) {
    return favoured.impact(attribute);
  }

  /** Returns the tally of all rows as one group. */
  Tally overall() {
    return tally.apply(new int[rows], 1);
  }
}
