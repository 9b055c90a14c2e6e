package dev.weir.pipeline.decode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** What a newer Avro schema changes beyond a field that may be absent and a wider number. */
final class AvroEvolution {
  /** From narrow to wide. */
  private static final List<Type> NUMBERS = List.of(Type.INT, Type.LONG, Type.FLOAT, Type.DOUBLE);

  private final List<String> differences = new ArrayList<>();
  private final Set<String> compared = new HashSet<>();

  /** Returns each change that the rule refuses, with the field's path. */
  List<String> differences(Schema declared, Schema written) {
    compare("", declared, written);
    return List.copyOf(differences);
  }

  private void compare(String path, Schema declared, Schema written) {
    if (isWidened(declared, written)) {
      return;
    }
    if (declared.getType() != written.getType()) {
      changed(path, name(declared), name(written));
      return;
    }
    if (!Objects.equals(logical(declared), logical(written))) {
      changed(path, logical(declared), logical(written));
      return;
    }
    switch (declared.getType()) {
      case RECORD -> records(path, declared, written);
      case ARRAY -> compare(path + "[]", declared.getElementType(), written.getElementType());
      case MAP -> compare(path + "{}", declared.getValueType(), written.getValueType());
      case UNION -> unions(path, declared.getTypes(), written.getTypes());
      case ENUM -> same(path, declared.getEnumSymbols(), written.getEnumSymbols());
      case FIXED -> same(path, declared.getFixedSize(), written.getFixedSize());
      default -> {}
    }
  }

  private static boolean isWidened(Schema declared, Schema written) {
    int from = NUMBERS.indexOf(declared.getType());
    int to = NUMBERS.indexOf(written.getType());
    return from >= 0 && to > from && logical(declared).isEmpty() && logical(written).isEmpty();
  }

  private void records(String path, Schema declared, Schema written) {
    if (!compared.add(declared.getFullName() + "|" + written.getFullName())) {
      return;
    }
    for (Schema.Field field : declared.getFields()) {
      String at = join(path, field);
      Schema.Field now = written.getField(field.name());
      if (now != null) {
        compare(at, field.schema(), now.schema());
      } else if (!isOptional(field)) {
        differences.add("field '" + at + "' is gone");
      }
    }
    for (Schema.Field field : written.getFields()) {
      if (declared.getField(field.name()) == null && !isOptional(field)) {
        differences.add("field '" + join(path, field) + "' is new and has no default");
      }
    }
  }

  private void unions(String path, List<Schema> declared, List<Schema> written) {
    if (declared.size() != written.size()) {
      changed(path, declared, written);
      return;
    }
    for (int i = 0; i < declared.size(); i++) {
      compare(path, declared.get(i), written.get(i));
    }
  }

  private static boolean isOptional(Schema.Field field) {
    return field.hasDefaultValue() || field.schema().isNullable();
  }

  private void same(String path, Object declared, Object written) {
    if (!declared.equals(written)) {
      changed(path, declared, written);
    }
  }

  private void changed(String path, Object from, Object to) {
    differences.add("field '" + path + "' was " + from + " and is " + to);
  }

  private static String join(String path, Schema.Field field) {
    return path.isEmpty() ? field.name() : path + "." + field.name();
  }

  private static String name(Schema schema) {
    return schema.getType().getName();
  }

  private static String logical(Schema schema) {
    LogicalType type = schema.getLogicalType();
    return type == null ? "" : type.getName();
  }
}
