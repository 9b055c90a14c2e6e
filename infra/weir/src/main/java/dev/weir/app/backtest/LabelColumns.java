package dev.weir.app.backtest;

import dev.weir.app.csv.Cells;
import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import dev.weir.contracts.spec.Events.LabelRule;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a row says of its label; not thread-safe. */
final class LabelColumns {
  private static final int MOST_NAMED = 3;

  private final Question question;
  private final LabelRule rule;
  private final List<String> header;
  private final int at;
  private final TreeSet<String> seen = new TreeSet<>();

  /**
   * Finds the columns.
   *
   * @throws CsvException if the label's is not there
   */
  LabelColumns(Question question, List<String> header, LabelRule rule) {
    this.question = question;
    this.rule = rule;
    this.header = header;
    this.at =
        rule.isExpression()
            ? -1
            : CsvFile.position(question.data().toString(), header, rule.text());
    if (rule.isExpression() && question.positive() != null) {
      throw new CsvException("--positive is for labels in a column; the spec has an expression");
    }
  }

  /** Returns the fields of a row's label; null where it has none. */
  @Nullable Map<String, Object> of(List<String> cells, long line) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (rule.isExpression()) {
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        if (!Cells.isMissing(cell)) {
          boolean isNumber = !Double.isNaN(Cells.number(cell));
          json.put(header.get(i), isNumber ? new BigDecimal(cell).doubleValue() : cell);
        }
      }
      return json;
    }
    String cell = cells.get(at);
    if (Cells.isMissing(cell)) {
      return null;
    }
    json.put(rule.text(), value(cell, line));
    return json;
  }

  private int value(String cell, long line) {
    if (question.positive() != null) {
      if (seen.size() < MOST_NAMED) {
        seen.add(cell);
      }
      return cell.equals(question.positive()) ? 1 : 0;
    }
    double number = Cells.number(cell);
    if (number == 0 || cell.equalsIgnoreCase("false")) {
      return 0;
    }
    if (number == 1 || cell.equalsIgnoreCase("true")) {
      return 1;
    }
    throw new CsvException(
        question.data()
            + ":"
            + line
            + ": column '"
            + rule.text()
            + "' is '"
            + cell
            + "', which is no label; labels are 0 and 1, or name the word that means 1:"
            + " --positive '"
            + cell
            + "'");
  }

  /**
   * Checks what only the whole file tells.
   *
   * @throws CsvException if no row had the label that means 1
   */
  void finish() {
    if (question.positive() != null && !seen.contains(question.positive())) {
      throw new CsvException(
          question.data()
              + ": column '"
              + rule.text()
              + "' is never '"
              + question.positive()
              + "', as --positive says; it is "
              + String.join(", ", seen));
    }
  }
}
