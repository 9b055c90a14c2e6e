package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufReaderTest {
  private static final String PROTO =
      """
      syntax = "proto3";
      package shop;
      import "google/protobuf/timestamp.proto";
      import "google/protobuf/wrappers.proto";
      // An order.
      message Order {
        string id = 1;
        int32 count = 2;
        uint64 big = 3;
        double amount = 4;
        optional double tip = 5;
        bool paid = 6;
        Kind kind = 7;
        bytes raw = 8;
        google.protobuf.Timestamp at = 9;
        google.protobuf.DoubleValue weight = 10;
        repeated string tags = 11;
        map<string, int32> sizes = 12;
        Buyer buyer = 13;
        oneof extra { string note = 14; int32 code = 15; }
        message Buyer { uint32 age = 1; Order last = 2; }
        enum Kind { UNKNOWN = 0; GIFT = 1; }
      }
      message Other { int32 x = 1; }
      """;
  private static final Descriptor ORDER =
      ProtoFiles.message(ProtoFiles.descriptor(PROTO), "shop.Order");

  private final ProtobufReader reader = ProtobufReader.of(PROTO, null);

  @Test
  void everyTypeBecomesJson() {
    DynamicMessage order =
        order()
            .setField(field("count"), 3)
            .setField(field("big"), -1L)
            .setField(field("amount"), 0.1)
            .setField(field("tip"), 0.0)
            .setField(field("kind"), field("kind").getEnumType().findValueByName("GIFT"))
            .setField(field("raw"), com.google.protobuf.ByteString.copyFrom(new byte[] {1, 2}))
            .setField(field("at"), Timestamp.newBuilder().setSeconds(1).setNanos(5_999_999).build())
            .setField(field("weight"), DoubleValue.of(2.5))
            .addRepeatedField(field("tags"), "x")
            .setField(field("buyer"), buyer(40))
            .setField(field("note"), "n")
            .build();

    assertThat(json(reader.decode(order.toByteArray())))
        .isEqualTo(
            Json.read(
                """
                {"id": "a", "count": 3, "big": 18446744073709551615, "amount": 0.1, "tip": 0.0,
                 "paid": false, "kind": "GIFT", "raw": "AQI=", "at": 1005, "weight": 2.5,
                 "tags": ["x"], "sizes": {}, "buyer": {"age": 40}, "note": "n"}
                """,
                JsonNode.class));
  }

  @Test
  void aFieldWithPresenceThatIsNotSetIsAbsentAndAnyOtherIsZero() {
    JsonNode read = json(reader.decode(order().build().toByteArray()));

    assertThat(read.has("tip")).isFalse();
    assertThat(read.has("weight")).isFalse();
    assertThat(read.has("note")).isFalse();
    assertThat(read.path("amount").asDouble(-1)).isZero();
  }

  @Test
  void behindAnIdStandsWhichMessageItIs() {
    byte[] order = order().build().toByteArray();
    assertThat(reader.behindId(framed(order, 0)).path("id").asText()).isEqualTo("a");
    assertThat(reader.behindId(framed(order, 2, 0)).path("id").asText()).isEqualTo("a");
    assertThatThrownBy(() -> reader.behindId(framed(order, 2, 2)))
        .hasMessageContaining("the value is a shop.Other, the spec says shop.Order");
    assertThatThrownBy(() -> reader.behindId(framed(order, 4, 0, 0)))
        .hasMessageContaining("shop.Order.Buyer");
    for (byte[] wrong : new byte[][] {{}, {2}, {2, 99}, {2, 1}, {1}}) {
      assertThatThrownBy(() -> reader.behindId(ByteBuffer.wrap(wrong)))
          .isInstanceOf(EventException.class);
    }
  }

  @Test
  void anotherMessageOfTheFileCanBeNamed() {
    ProtobufReader nested = ProtobufReader.of(PROTO, "shop.Order.Buyer");
    assertThat(nested.decode(buyer(7).toByteArray()).path("age").asInt()).isEqualTo(7);
  }

  @Test
  void aValueThatIsCutIsMalformedAndAChainEndsAtThirtyTwo() {
    byte[] whole = order().setField(field("buyer"), buyer(40)).build().toByteArray();
    assertReason(Arrays.copyOf(whole, whole.length - 1), "MALFORMED_VALUE");
    DynamicMessage chain = order().build();
    for (int i = 0; i < 40; i++) {
      DynamicMessage buyer =
          DynamicMessage.newBuilder(field("buyer").getMessageType())
              .setField(field("buyer").getMessageType().findFieldByName("last"), chain)
              .build();
      chain = order().setField(field("buyer"), buyer).build();
    }
    assertReason(chain.toByteArray(), "TOO_DEEP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "message",
        "syntax = \"proto3\"; message A { B b = 1; }",
        "syntax = \"proto3\"; message A { int32 a = 1; int32 b = 1; }",
        "syntax = \"proto3\"; import \"other.proto\"; message A { int32 a = 1; }"
      })
  void whatIsNoFileOfAMessageIsRefused(String text) {
    assertThatThrownBy(() -> ProtobufReader.of(text, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".proto file");
  }

  private void assertReason(byte[] value, String reason) {
    assertThatThrownBy(() -> reader.decode(value))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).hasToString(reason));
  }

  private static DynamicMessage.Builder order() {
    return DynamicMessage.newBuilder(ORDER).setField(field("id"), "a");
  }

  private static DynamicMessage buyer(int age) {
    Descriptor buyer = field("buyer").getMessageType();
    return DynamicMessage.newBuilder(buyer).setField(buyer.findFieldByName("age"), age).build();
  }

  private static FieldDescriptor field(String name) {
    return ORDER.findFieldByName(name);
  }

  private static ByteBuffer framed(byte[] message, int... prefix) {
    ByteBuffer value = ByteBuffer.allocate(prefix.length + message.length);
    for (int b : prefix) {
      value.put((byte) b);
    }
    return value.put(message).flip();
  }

  private static JsonNode json(JsonNode node) {
    return Json.read(Json.write(node), JsonNode.class);
  }
}
