package dev.weir.pipeline.decode;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The descriptor of a {@code .proto} file, which may import Protobuf's own types only. Wire parses
 * the text; Protobuf itself resolves names and checks the rest. Options, services and extensions do
 * not change how a message is read and are left out.
 */
final class ProtoFiles {
  private static final Map<String, FileDescriptor> IMPORTS =
      Stream.of(
              AnyProto.getDescriptor(),
              DurationProto.getDescriptor(),
              EmptyProto.getDescriptor(),
              FieldMaskProto.getDescriptor(),
              StructProto.getDescriptor(),
              TimestampProto.getDescriptor(),
              WrappersProto.getDescriptor())
          .collect(Collectors.toMap(FileDescriptor::getName, file -> file));

  /** The scalar types' names in a file, with their numbers in a descriptor. */
  private static final Map<String, FieldDescriptorProto.Type> SCALARS =
      Stream.of(FieldDescriptorProto.Type.values())
          .filter(type -> type.getNumber() < 10 || type.getNumber() > 11)
          .filter(type -> type != FieldDescriptorProto.Type.TYPE_ENUM)
          .collect(
              Collectors.toMap(
                  type -> type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT),
                  type -> type));

  private final boolean isProto3;

  private ProtoFiles(boolean isProto3) {
    this.isProto3 = isProto3;
  }

  /**
   * Returns the descriptor of a file.
   *
   * @throws IllegalArgumentException if the text is no such file, or imports another one
   */
  static FileDescriptor descriptor(String text) {
    ProtoFileElement file;
    try {
      file = new ProtoParser(Location.get("schema.proto"), text.toCharArray()).readProtoFile();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("this is no .proto file: " + e.getMessage(), e);
    }
    try {
      return FileDescriptor.buildFrom(
          new ProtoFiles(file.getSyntax() == Syntax.PROTO_3).file(file), imports(file));
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException("this is no .proto file: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the message with a full name.
   *
   * @throws IllegalArgumentException if the file has none of that name
   */
  static Descriptor message(FileDescriptor file, String name) {
    Map<String, Descriptor> messages = new TreeMap<>();
    collect(file.getMessageTypes(), messages);
    Descriptor message = messages.get(name);
    if (message == null) {
      throw new IllegalArgumentException(
          "the .proto file has no message " + name + "; it has " + messages.keySet());
    }
    return message;
  }

  private static void collect(List<Descriptor> from, Map<String, Descriptor> messages) {
    for (Descriptor message : from) {
      messages.put(message.getFullName(), message);
      collect(message.getNestedTypes(), messages);
    }
  }

  private static FileDescriptor[] imports(ProtoFileElement file) {
    return Stream.concat(file.getImports().stream(), file.getPublicImports().stream())
        .map(
            name -> {
              FileDescriptor known = IMPORTS.get(name);
              if (known == null) {
                throw new IllegalArgumentException(
                    "the .proto file imports " + name + "; put all messages into one file");
              }
              return known;
            })
        .toArray(FileDescriptor[]::new);
  }

  private FileDescriptorProto file(ProtoFileElement file) {
    FileDescriptorProto.Builder proto =
        FileDescriptorProto.newBuilder()
            .setName("schema.proto")
            .setSyntax(isProto3 ? "proto3" : "proto2")
            .addAllDependency(file.getImports())
            .addAllDependency(file.getPublicImports());
    if (file.getPackageName() != null) {
      proto.setPackage(file.getPackageName());
    }
    for (TypeElement type : file.getTypes()) {
      if (type instanceof MessageElement message) {
        proto.addMessageType(message(message));
      } else if (type instanceof EnumElement symbols) {
        proto.addEnumType(symbols(symbols));
      }
    }
    return proto.build();
  }

  private DescriptorProto message(MessageElement message) {
    DescriptorProto.Builder proto = DescriptorProto.newBuilder().setName(message.getName());
    for (TypeElement type : message.getNestedTypes()) {
      if (type instanceof MessageElement nested) {
        proto.addNestedType(message(nested));
      } else if (type instanceof EnumElement symbols) {
        proto.addEnumType(symbols(symbols));
      }
    }
    for (OneOfElement oneOf : message.getOneOfs()) {
      int index = proto.getOneofDeclCount();
      proto.addOneofDecl(OneofDescriptorProto.newBuilder().setName(oneOf.getName()));
      oneOf.getFields().forEach(f -> proto.addField(field(f, proto).setOneofIndex(index)));
    }
    List<FieldDescriptorProto.Builder> optional = new ArrayList<>();
    for (FieldElement element : message.getFields()) {
      FieldDescriptorProto.Builder field = field(element, proto);
      if (isProto3 && element.getLabel() == Field.Label.OPTIONAL) {
        optional.add(field);
      } else {
        proto.addField(field);
      }
    }
    optional.forEach(field -> addOptional(proto, field));
    return proto.build();
  }

  /** An optional field of proto3 is the only one of a union of its own, behind all others. */
  private static void addOptional(DescriptorProto.Builder to, FieldDescriptorProto.Builder field) {
    field.setProto3Optional(true).setOneofIndex(to.getOneofDeclCount());
    to.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
    to.addField(field);
  }

  private static FieldDescriptorProto.Builder field(
      FieldElement element, DescriptorProto.Builder message) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(element.getName())
            .setNumber(element.getTag())
            .setLabel(label(element));
    if (element.getType().startsWith("map<")) {
      String entry = element.getName() + "_entry";
      message.addNestedType(entry(entry, element.getType()));
      return field.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED).setTypeName(entry);
    }
    return typed(field, element.getType());
  }

  private static FieldDescriptorProto.Label label(FieldElement element) {
    Field.Label label = element.getLabel();
    if (label == Field.Label.REPEATED) {
      return FieldDescriptorProto.Label.LABEL_REPEATED;
    }
    return label == Field.Label.REQUIRED
        ? FieldDescriptorProto.Label.LABEL_REQUIRED
        : FieldDescriptorProto.Label.LABEL_OPTIONAL;
  }

  private static FieldDescriptorProto.Builder typed(
      FieldDescriptorProto.Builder field, String type) {
    FieldDescriptorProto.Type scalar = SCALARS.get(type);
    return scalar == null ? field.setTypeName(type) : field.setType(scalar);
  }

  private static DescriptorProto entry(String name, String type) {
    String[] types = type.substring("map<".length(), type.length() - 1).split(",", 2);
    FieldDescriptorProto.Builder key =
        FieldDescriptorProto.newBuilder().setName("key").setNumber(1);
    FieldDescriptorProto.Builder value =
        FieldDescriptorProto.newBuilder().setName("value").setNumber(2);
    return DescriptorProto.newBuilder()
        .setName(name)
        .setOptions(MessageOptions.newBuilder().setMapEntry(true))
        .addField(typed(key.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL), types[0].strip()))
        .addField(
            typed(value.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL), types[1].strip()))
        .build();
  }

  private static EnumDescriptorProto symbols(EnumElement element) {
    EnumDescriptorProto.Builder proto =
        EnumDescriptorProto.newBuilder()
            .setName(element.getName())
            .setOptions(EnumOptions.newBuilder().setAllowAlias(true));
    element
        .getConstants()
        .forEach(
            constant ->
                proto.addValueBuilder().setName(constant.getName()).setNumber(constant.getTag()));
    return proto.build();
  }
}
