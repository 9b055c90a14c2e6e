package dev.weir.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumericTableTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    double[][] rows = {{0.1, Double.NaN, 3}, {-1e-9, 4, 1.0 / 3}};
    NumericTable table = NumericTable.of(List.of("a", "b, c", "d \"e\""), rows);

    NumericTable read = NumericTable.parse("T", table.toCsv());

    assertThat(read.names()).isEqualTo(table.names());
    for (int i = 0; i < rows.length; i++) {
      assertThat(read.rows()[i]).containsExactly(rows[i]);
    }
    assertThat(read.toCsv()).isEqualTo(table.toCsv());
  }

  @Test
  void headerIsToldByACellThatIsNoNumber() {
    assertThat(parse("1,2\n3,4\n").names()).containsExactly("x0", "x1");
    assertThat(parse("1,2\n3,4\n").rows()).hasDimensions(2, 2);
    assertThat(parse("age,2\r\n3,\r\n").names()).containsExactly("age", "2");
    assertThat(parse("age,2\n3,\n").rows()[0]).containsExactly(3, Double.NaN);
  }

  @Test
  void columnsAreFoundByName() {
    NumericTable background = parse("a,b\n1,2\n");
    assertThat(parse("b,id,a\n2,9,1\n").withColumnsOf(background).rows()[0]).containsExactly(1, 2);
    assertThatThrownBy(() -> parse("a,c\n1,2\n").withColumnsOf(background))
        .hasMessageContaining("has no column [b]");
    assertThatThrownBy(() -> parse("1,2,3\n").withColumnsOf(background))
        .hasMessageContaining("has 3 columns");
  }

  @Test
  void mistakesAreNamedWithLineAndColumn() {
    assertThatThrownBy(() -> parse("a,b\n1,2\n3,old\n"))
        .hasMessageContaining("T line 3, column b: 'old' is not a finite number");
    assertThatThrownBy(() -> parse("a,b\n1\n")).hasMessageContaining("T line 2 has 1 cells");
    assertThatThrownBy(() -> parse("a,a\n1,2\n")).hasMessageContaining("twice");
    assertThatThrownBy(() -> parse("")).hasMessageContaining("T is empty");
    assertThatThrownBy(() -> parse("a,b\n")).hasMessageContaining("no row");
  }

  private static NumericTable parse(String csv) {
    return NumericTable.parse("T", csv.getBytes(StandardCharsets.UTF_8));
  }
}
