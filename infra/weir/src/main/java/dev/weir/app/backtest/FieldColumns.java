package dev.weir.app.backtest;

import dev.weir.app.csv.Cells;
import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The columns that a spec reads of an event, and how: as a number where it needs one. */
final class FieldColumns {
  private final String source;
  private final List<Field> fields = new ArrayList<>();

  private record Field(int at, String name, boolean isNumber) {}

  /**
   * Finds the columns.
   *
   * @throws CsvException if one that the spec names is not there
   */
  FieldColumns(String source, List<String> header, ModelSpec spec) {
    this.source = source;
    Set<String> numbers = new HashSet<>();
    Set<String> all = new TreeSet<>();
    for (FeatureSpec feature : spec.features()) {
      addNumber(feature, numbers);
      addText(feature, all);
    }
    spec.groups().stream().map(GroupSpec::field).forEach(all::add);
    all.add(spec.events().features().entity());
    all.addAll(numbers);
    all.remove(spec.events().features().id());
    for (String name : all) {
      int at = CsvFile.position(source, header, name);
      fields.add(new Field(at, name, numbers.contains(name)));
    }
  }

  private static void addNumber(FeatureSpec feature, Set<String> numbers) {
    if (feature instanceof FeatureSpec.Number number) {
      numbers.add(number.field());
    } else if (feature instanceof FeatureSpec.Aggregate aggregate && aggregate.field() != null) {
      numbers.add(aggregate.field());
    }
  }

  private static void addText(FeatureSpec feature, Set<String> texts) {
    if (feature instanceof FeatureSpec.Category category) {
      texts.add(category.field());
    } else if (feature instanceof FeatureSpec.Derived derived) {
      String by = derived.scope().by();
      if (by != null) {
        texts.add(by);
      }
    }
  }

  /** Adds a row's fields to a record; what is missing in the row is missing there. */
  void add(List<String> cells, long line, Map<String, Object> json) {
    for (Field field : fields) {
      String cell = cells.get(field.at());
      if (!Cells.isMissing(cell)) {
        json.put(field.name(), field.isNumber() ? number(field, cell, line) : cell);
      }
    }
  }

  private BigDecimal number(Field field, String cell, long line) {
    if (Double.isNaN(Cells.number(cell))) {
      throw new CsvException(
          source
              + ":"
              + line
              + ": column '"
              + field.name()
              + "' is '"
              + cell
              + "', which is no number as the spec needs; make it a category there, or leave the"
              + " cell empty where the value is missing");
    }
    return new BigDecimal(cell);
  }
}
