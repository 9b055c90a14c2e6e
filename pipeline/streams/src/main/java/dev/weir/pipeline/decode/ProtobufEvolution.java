package dev.weir.pipeline.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a newer Protobuf message changes beyond a field that may be absent and a wider number. A
 * field without presence is never absent: where its number is gone, zero would stand in for it.
 */
final class ProtobufEvolution {
  /** Wider and read from the same bytes, but for float, whose bytes the writer's schema tells. */
  private static final Map<Type, Set<Type>> WIDER =
      Map.of(
          Type.INT32, Set.of(Type.INT64),
          Type.UINT32, Set.of(Type.UINT64, Type.INT64),
          Type.SINT32, Set.of(Type.SINT64),
          Type.FIXED32, Set.of(Type.FIXED64),
          Type.SFIXED32, Set.of(Type.SFIXED64),
          Type.FLOAT, Set.of(Type.DOUBLE));

  private final List<String> differences = new ArrayList<>();
  private final Set<String> compared = new HashSet<>();

  /** Returns each change that the rule refuses, with the field's path. */
  List<String> differences(Descriptor declared, Descriptor written) {
    messages("", declared, written);
    return List.copyOf(differences);
  }

  private void messages(String path, Descriptor declared, Descriptor written) {
    if (!compared.add(declared.getFullName())) {
      return;
    }
    for (FieldDescriptor field : declared.getFields()) {
      String at = path + field.getName();
      FieldDescriptor now = written.findFieldByName(field.getName());
      if (now != null) {
        fields(at, field, now);
      } else if (!isOptional(field)) {
        differences.add("field '" + at + "' is gone");
      }
    }
    for (FieldDescriptor field : written.getFields()) {
      if (field.isRequired() && declared.findFieldByName(field.getName()) == null) {
        differences.add("field '" + path + field.getName() + "' is new and required");
      }
    }
  }

  private void fields(String path, FieldDescriptor declared, FieldDescriptor written) {
    if (declared.getNumber() != written.getNumber()) {
      changed(path, "number " + declared.getNumber(), "number " + written.getNumber());
    } else if (declared.isRepeated() != written.isRepeated()
        || declared.hasPresence() != written.hasPresence()) {
      changed(path, label(declared), label(written));
    } else if (declared.getType() != written.getType()) {
      if (!WIDER.getOrDefault(declared.getType(), Set.of()).contains(written.getType())) {
        changed(path, type(declared), type(written));
      }
    } else if (declared.getJavaType() == JavaType.MESSAGE) {
      messages(path + ".", declared.getMessageType(), written.getMessageType());
    } else if (declared.getJavaType() == JavaType.ENUM && !names(declared).equals(names(written))) {
      changed(path, names(declared), names(written));
    }
  }

  private static boolean isOptional(FieldDescriptor field) {
    return field.isRepeated() || (field.hasPresence() && !field.isRequired());
  }

  private void changed(String path, Object from, Object to) {
    differences.add("field '" + path + "' was " + from + " and is " + to);
  }

  private static String label(FieldDescriptor field) {
    return field.isRepeated() ? "repeated" : field.hasPresence() ? "optional" : "never absent";
  }

  private static String type(FieldDescriptor field) {
    return field.getType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static List<String> names(FieldDescriptor field) {
    return field.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).toList();
  }
}
