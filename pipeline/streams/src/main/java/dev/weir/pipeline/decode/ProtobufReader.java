package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_VALUE;
import static dev.weir.contracts.feature.EventException.Reason.SCHEMA_INCOMPATIBLE;
import static dev.weir.contracts.feature.EventException.Reason.TOO_DEEP;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.weir.contracts.feature.EventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one Protobuf message of a {@code .proto} file. */
final class ProtobufReader implements SchemaReader {
  private final Descriptor message;

  private ProtobufReader(Descriptor message) {
    this.message = message;
  }

  /**
   * Returns the reader of a message.
   *
   * @param text a {@code .proto} file
   * @param name the message with its package; null for the file's first
   * @throws IllegalArgumentException if it is no such file, or has no such message
   */
  static ProtobufReader of(String text, @Nullable String name) {
    FileDescriptor file = ProtoFiles.descriptor(text);
    if (file.getMessageTypes().isEmpty()) {
      throw new IllegalArgumentException("the .proto file has no message");
    }
    return new ProtobufReader(
        name == null ? file.getMessageTypes().get(0) : ProtoFiles.message(file, name));
  }

  @Override
  public ObjectNode decode(byte[] value) {
    return read(CodedInputStream.newInstance(value));
  }

  /** Between id and message stands which message of the file it is. */
  @Override
  public ObjectNode behindId(ByteBuffer value) {
    CodedInputStream in =
        CodedInputStream.newInstance(
            value.array(), value.arrayOffset() + value.position(), value.remaining());
    Descriptor named = named(in);
    if (!named.getFullName().equals(message.getFullName())) {
      throw new EventException(
          SCHEMA_INCOMPATIBLE,
          "the value is a " + named.getFullName() + ", the spec says " + message.getFullName());
    }
    return read(in);
  }

  /**
   * A count and, from the outermost on, the index of each message; a count of zero stands for the
   * file's first message. All are zigzag-encoded.
   */
  private Descriptor named(CodedInputStream in) {
    try {
      int count = in.readSInt32();
      List<Descriptor> candidates = message.getFile().getMessageTypes();
      Descriptor named = candidates.get(count == 0 ? 0 : in.readSInt32());
      for (int i = 1; i < count; i++) {
        named = named.getNestedTypes().get(in.readSInt32());
      }
      return named;
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new EventException(
          MALFORMED_VALUE, "the value does not say which message of its schema it is", e);
    }
  }

  private ObjectNode read(CodedInputStream in) {
    in.setRecursionLimit(MAX_DEPTH);
    try {
      DynamicMessage read = DynamicMessage.parseFrom(message, in);
      return ProtobufJson.object(read);
    } catch (InvalidProtocolBufferException e) {
      boolean isDeep = String.valueOf(e.getMessage()).contains("too many levels of nesting");
      throw isDeep ? new EventException(TOO_DEEP, TOO_DEEP_MESSAGE, e) : malformed(e);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private EventException malformed(IOException e) {
    return new EventException(
        MALFORMED_VALUE,
        "the value is no " + message.getFullName() + " in Protobuf: " + e.getMessage(),
        e);
  }

  @Override
  public ProtobufReader successor(String text) {
    ProtobufReader writer =
        new ProtobufReader(ProtoFiles.message(ProtoFiles.descriptor(text), message.getFullName()));
    List<String> differences = new ProtobufEvolution().differences(message, writer.message);
    if (!differences.isEmpty()) {
      throw new EventException(SCHEMA_INCOMPATIBLE, String.join("; ", differences));
    }
    return writer;
  }
}
