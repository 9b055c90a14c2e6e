package dev.weir.contracts.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.Samples;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.topic.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class JsonTest {
  /** The example of RFC 8785, section 3.2.2. */
  @Test
  void canonicalFormIsThatOfTheRfc() {
    String input =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;

    assertThat(canonical(Json.read(input, JsonNode.class)))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void canonicalFormDoesNotDependOnOrder() {
    Map<String, Object> there = new LinkedHashMap<>();
    there.put("b", 1.0);
    there.put("a", "x");
    Map<String, Object> back = new LinkedHashMap<>();
    back.put("a", "x");
    back.put("b", 1);

    assertThat(canonical(there)).isEqualTo(canonical(back)).isEqualTo("{\"a\":\"x\",\"b\":1}");
  }

  @Test
  void offsetRangeHasItsPublishedForm() {
    assertThat(new String(Json.write(new OffsetRange("t", 2, 3, 4)), StandardCharsets.UTF_8))
        .isEqualTo("{\"topic\":\"t\",\"partition\":2,\"from\":3,\"to\":4}");
  }

  @Test
  void timesAreIso8601() {
    assertThat(new String(Json.write(new Tick(1, Samples.TIME)), StandardCharsets.UTF_8))
        .isEqualTo("{\"number\":1,\"time\":\"2014-01-09T20:00:00Z\"}");
  }

  @Test
  void unknownFieldsAreIgnored() {
    assertThat(Json.read("{\"number\":1,\"time\":\"2014-01-09T20:00:00Z\",\"new\":1}", Tick.class))
        .isEqualTo(new Tick(1, Samples.TIME));
  }

  @Test
  void whatIsNoRecordIsRefusedWithTheTopic() {
    for (String bad : new String[] {"", "null", "[]", "{", "{}", "{\"requestId\":1}"}) {
      byte[] bytes = bad.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(
              () -> JsonSerde.of(TrainingRequest.class).deserializer().deserialize("reqs", bytes))
          .as(bad)
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("reqs");
    }
  }

  private static String canonical(Object value) {
    return new String(Json.canonical(value), StandardCharsets.UTF_8);
  }
}
