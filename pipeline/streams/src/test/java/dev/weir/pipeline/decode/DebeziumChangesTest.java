package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventException.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Change events in the shape of Debezium's PostgreSQL connector. */
class DebeziumChangesTest {
  private static final String SOURCE = "\"source\": {\"ts_ms\": 11, \"table\": \"orders\"}";

  private final DebeziumChanges changes = new DebeziumChanges(new JsonValues());

  @ParameterizedTest
  @CsvSource({"c,false", "r,false", "u,false", "c,true", "u,true"})
  void theRowAfterTheChangeIsTheEvent(String operation, boolean isWrapped) {
    ObjectNode row = read(change(operation, "{\"id\": 7}", isWrapped)).orElseThrow();

    assertThat(row.path("id").asInt()).isEqualTo(7);
    assertThat(row.path("__op").asText()).isEqualTo(operation);
    assertThat(row.path("__ts_ms").asLong()).isEqualTo(12);
    assertThat(row.path("__source_ts_ms").asLong()).isEqualTo(11);
  }

  @Test
  void aDeletionAndItsTombstoneHaveNoEvent() {
    assertThat(read(change("d", "null", false))).isEmpty();
    assertThat(read(change("d", "null", true))).isEmpty();
    assertThat(changes.decode(Records.of((byte[]) null))).isEmpty();
    assertThat(read("{\"schema\": null, \"payload\": null}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": 7}",
        "{\"op\": \"t\", \"source\": {}}",
        "{\"op\": \"m\", \"message\": {}}",
        "{\"op\": \"c\", \"after\": null}",
        "{\"op\": \"c\"}"
      })
  void whatChangesNoRowIsRefused(String value) {
    assertThatThrownBy(() -> read(value))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_ENVELOPE));
  }

  private Optional<ObjectNode> read(String value) {
    return changes.decode(Records.of(value));
  }

  private static String change(String operation, String after, boolean isWrapped) {
    String change =
        "{\"before\": null, \"after\": %s, %s, \"op\": \"%s\", \"ts_ms\": 12}"
            .replaceFirst("%s", after)
            .replaceFirst("%s", SOURCE)
            .replaceFirst("%s", operation);
    return isWrapped ? "{\"schema\": {\"type\": \"struct\"}, \"payload\": " + change + "}" : change;
  }
}
