package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.spec.RecordFormat;
import dev.weir.contracts.spec.RecordFormat.Encoding;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the fake, and against Apicurio's registry where a machine has it. */
class RegistryValuesTest {
  private static final String AVRO =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
  private static final String PROTO =
      "syntax = \"proto3\";\npackage shop;\n\nmessage R {\n  int32 x = 1;\n}\n";
  private static final List<AutoCloseable> STARTED = new ArrayList<>();
  private static final List<Registry> REGISTRIES = new ArrayList<>();

  /** A registry to register schemas with. */
  private record Registry(String name, URI address, Registration registration) {
    int register(String type, String text) throws IOException {
      return registration.of(type, text);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private interface Registration {
    int of(String type, String text) throws IOException;
  }

  static Stream<Registry> registries() {
    return REGISTRIES.stream();
  }

  @BeforeAll
  static void start() throws IOException {
    FakeSchemaRegistry fake = new FakeSchemaRegistry();
    STARTED.add(fake);
    int[] last = {100};
    REGISTRIES.add(
        new Registry(
            "fake",
            fake.address(),
            (type, text) -> {
              fake.put(++last[0], type, text);
              return last[0];
            }));
    Optional<ApicurioRegistry> apicurio = ApicurioRegistry.start();
    apicurio.ifPresent(
        real -> {
          STARTED.add(real);
          REGISTRIES.add(
              new Registry(
                  "apicurio",
                  real.address(),
                  (type, text) -> real.register("s" + ++last[0], type, text)));
        });
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable registry : STARTED) {
      registry.close();
    }
    STARTED.clear();
    REGISTRIES.clear();
  }

  @ParameterizedTest
  @MethodSource("registries")
  void avroIsReadByItsOwnSchemaOrRefused(Registry registry) throws IOException {
    int declared = registry.register("AVRO", AVRO);
    int wider = registry.register("AVRO", AVRO.replace("int", "double"));
    int other = registry.register("AVRO", AVRO.replace("int", "string"));
    ValueDecoder values = values(registry, Encoding.AVRO, declared, AvroReader::of);

    assertThat(values.decode(framed(declared, 6)).path("x").asInt()).isEqualTo(3);
    byte[] quarter = framed(wider, 0, 0, 0, 0, 0, 0, 0xd0, 0x3f);
    assertThat(values.decode(quarter).path("x").asDouble()).isEqualTo(0.25);
    assertReason(values, framed(other, 2, 'a'), "SCHEMA_INCOMPATIBLE");
    assertReason(values, framed(1_000_000, 6), "SCHEMA_UNKNOWN");
    assertReason(values, new byte[] {0, 0, 0, 1}, "MALFORMED_VALUE");
    assertReason(values, new byte[] {1, 0, 0, 0, 1, 6}, "MALFORMED_VALUE");
  }

  @ParameterizedTest
  @MethodSource("registries")
  void protobufIsReadByItsOwnSchemaOrRefused(Registry registry) throws IOException {
    int declared = registry.register("PROTOBUF", PROTO);
    int more = registry.register("PROTOBUF", PROTO.replace("x = 1;", "x = 1;\n  string y = 2;"));
    int other = registry.register("PROTOBUF", PROTO.replace("int32 x", "bool x"));
    ValueDecoder values =
        values(registry, Encoding.PROTOBUF, declared, text -> ProtobufReader.of(text, null));

    assertThat(values.decode(framed(declared, 0, 8, 3)).path("x").asInt()).isEqualTo(3);
    assertThat(values.decode(framed(more, 0, 8, 3, 18, 1, 'a')).path("y").asText()).isEqualTo("a");
    assertReason(values, framed(other, 0, 8, 1), "SCHEMA_INCOMPATIBLE");
  }

  private static ValueDecoder values(
      Registry registry, Encoding encoding, int id, Function<String, SchemaReader> language) {
    RecordFormat.Schema schema = new RecordFormat.Schema(null, null, registry.address(), id);
    RegistryClient client =
        new RegistryClient(
            registry.address(),
            encoding,
            tries -> {
              throw new AssertionError("the registry did not answer");
            });
    return new RegistryValues(schema, client, language);
  }

  private static byte[] framed(int id, int... body) {
    ByteBuffer value = ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id);
    for (int b : body) {
      value.put((byte) b);
    }
    return value.array();
  }

  private static void assertReason(ValueDecoder values, byte[] value, String reason) {
    assertThatThrownBy(() -> values.decode(value))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).hasToString(reason));
  }
}
