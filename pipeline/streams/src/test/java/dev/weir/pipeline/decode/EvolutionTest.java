package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.feature.EventException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule: a field that may be absent may come and go, a number may widen, all else stays. */
class EvolutionTest {
  private static final String INT = "\"int\"";

  @ParameterizedTest
  @CsvSource({
    "int, long, true", "int, float, true", "int, double, true", "long, float, true",
    "long, double, true", "float, double, true", "int, int, true", "long, int, false",
    "double, float, false", "float, long, false", "int, string, false", "string, bytes, false"
  })
  void avroNumbersWiden(String from, String to, boolean isAllowed) {
    check(avro(field("x", quoted(from))), avro(field("x", quoted(to))), isAllowed, "'x' was");
  }

  static Stream<Arguments> avroChanges() {
    String x = field("x", INT);
    String optional = "{\"name\": \"y\", \"type\": [\"null\", \"int\"], \"default\": null}";
    String symbols = "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}";
    String millis = "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
    return Stream.of(
        Arguments.of(x, x + "," + optional, true, ""),
        Arguments.of(x, x + ",{\"name\": \"y\", \"type\": \"int\", \"default\": 0}", true, ""),
        Arguments.of(x, x + "," + field("y", INT), false, "'y' is new and has no default"),
        Arguments.of(x + "," + optional, x, true, ""),
        Arguments.of(x, field("z", INT), false, "'x' is gone"),
        Arguments.of(optional, optional.replace("int", "long"), true, ""),
        Arguments.of(optional, field("y", INT), false, "'y' was union and is int"),
        Arguments.of(
            field("e", symbols),
            field("e", symbols.replace("\"A\"", "\"A\", \"B\"")),
            false,
            "'e'"),
        Arguments.of(
            field("t", millis), field("t", millis.replace("millis", "micros")), false, "micros"),
        Arguments.of(
            field("n", nested(INT)), field("n", nested("\"string\"")), false, "'n.v' was int"));
  }

  @ParameterizedTest
  @MethodSource
  void avroChanges(String from, String to, boolean isAllowed, String message) {
    check(avro(from), avro(to), isAllowed, message);
  }

  @ParameterizedTest
  @CsvSource({
    "int32 x = 1, int64 x = 1, true, ''",
    "float x = 1, double x = 1, true, ''",
    "int64 x = 1, int32 x = 1, false, 'x'' was int64 and is int32'",
    "int32 x = 1, string x = 1, false, 'is string'",
    "int32 x = 1, int32 x = 2, false, 'number 2'",
    "int32 x = 1, repeated int32 x = 1, false, repeated",
    "int32 x = 1, int32 y = 1, false, 'x'' is gone'",
    "optional int32 x = 1, optional int32 y = 2, true, ''",
    "int32 x = 1, int32 x = 1; int32 y = 2, true, ''",
    "N x = 1; message N { int32 v = 1; }, N x = 1; message N { bool v = 1; }, false, 'x.v'' was'"
  })
  void protobufChanges(String from, String to, boolean isAllowed, String message) {
    ProtobufReader declared = ProtobufReader.of(proto(from), null);
    if (isAllowed) {
      assertThat(declared.successor(proto(to))).isNotNull();
    } else {
      assertRefused(declared, proto(to), message);
    }
  }

  private static void check(String from, String to, boolean isAllowed, String message) {
    AvroReader declared = AvroReader.of(from);
    if (isAllowed) {
      assertThat(declared.successor(to)).isNotNull();
    } else {
      assertRefused(declared, to, message);
    }
  }

  private static void assertRefused(SchemaReader declared, String text, String message) {
    assertThatThrownBy(() -> declared.successor(text))
        .isInstanceOfSatisfying(
            EventException.class,
            e -> assertThat(e.reason()).isEqualTo(EventException.Reason.SCHEMA_INCOMPATIBLE))
        .hasMessageContaining(message);
  }

  private static String nested(String type) {
    return "{\"type\": \"record\", \"name\": \"N\", \"fields\": [" + field("v", type) + "]}";
  }

  private static String field(String name, String type) {
    return "{\"name\": \"" + name + "\", \"type\": " + type + "}";
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  private static String avro(String fields) {
    return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}";
  }

  private static String proto(String fields) {
    String end = fields.endsWith("}") ? "" : ";";
    return "syntax = \"proto3\"; message R { " + fields + end + " }";
  }
}
