package dev.weir.contracts.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.event.Label;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelJsonTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.25Z");

  @Test
  void bytesAreThoseOfTheMapper() {
    for (Label label :
        List.of(
            new Label("e1", 1, TIME),
            new Label("Zürich \"✈\" \\ \n", -0.1, Instant.EPOCH),
            new Label("", Double.MAX_VALUE, TIME.plusNanos(1)))) {
      assertThat(LabelJson.write(label)).isEqualTo(Json.write(label));
      assertThat(LabelJson.read(Json.write(label))).isEqualTo(label);
    }
  }

  @Test
  void unknownFieldsAndAnyOrderAreRead() {
    String json =
        "{\"labelTime\":\"2026-01-31T12:00:00.25Z\",\"more\":{\"value\":[1,{}]},\"value\":1,"
            + "\"eventId\":\"e1\"}";

    assertThat(LabelJson.read(bytes(json))).isEqualTo(new Label("e1", 1, TIME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"eventId\":\"e1\",\"value\":1}",
        "{\"eventId\":\"e1\",\"value\":\"x\",\"labelTime\":\"2026-01-31T12:00:00Z\"}",
        "{\"eventId\":\"e1\",\"value\":1,\"labelTime\":\"yesterday\"}",
        "{\"eventId\":\"e1\",\"value\":1,\"labelTime\":\"2026-01-31T12:00:00Z\""
      })
  void whatIsNoLabelIsRefused(String json) {
    assertThatThrownBy(() -> LabelJson.read(bytes(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no Label");
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
