package dev.weir.auditor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlikeColumnsTest {
  @TempDir Path directory;

  private TableReport audit(String text, TableRequest request) throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), text);
    return TableAudit.of(PredictionTable.read(file, request), request);
  }

  private static TableRequest alike(String... columns) {
    return new TableRequest(
        "y", "d", null, null, List.of("g"), null, null, Map.of(), Map.of(), 2, List.of(columns));
  }

  /** Five of each kind; one of the first five is decided otherwise: 1 − (4 · 0.2 + 0.8) / 10. */
  @Test
  void consistencyIsOfTheNearestRows() throws IOException {
    String rows =
        "g,y,d,x\na,1,1,0\nb,0,1,0\na,1,1,0\nb,0,1,0\na,1,0,0\n"
            + "b,0,0,9\na,1,0,9\nb,0,0,9\na,1,0,9\nb,0,0,9\n";
    Figure consistency = audit(rows, alike("x")).inequality().get("consistency");
    assertThat(consistency.value()).isCloseTo(0.84, within(1e-12));
    assertThat(consistency.n()).isEqualTo(10);
    assertThat(audit(rows, alike()).inequality()).doesNotContainKey("consistency");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,1,1,tall;b,0,1,1             | which is no number; rows are compared by numbers",
        "a,1,1,1;b,0,1,1                | consistency needs 5 to 20000 rows, the file has 2",
        "a,1,1.5,1;b,3.5,1,1            | --alike asks how consistent decisions are",
      })
  void consistencyThatCannotBeHadSaysWhy(String rows, String message) {
    String text = "g,y,d,x\n" + rows.replace(';', '\n') + "\n";
    assertThatThrownBy(() -> audit(text, alike("x")))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(message);
  }
}
