package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.EXPRESSION_FAILED;
import static dev.weir.contracts.feature.EventException.Reason.WRONG_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.NullValue;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.weir.contracts.feature.EventException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A label that is an expression in CEL over {@code record}, a map of the record's fields: whole
 * numbers are {@code int}, others {@code double}, and the two compare with each other.
 *
 * @see <a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">CEL, language
 *     definition</a>
 */
final class LabelExpression implements LabelValue {
  private static final String RECORD = "record";
  private static final Set<CelType> LABELS =
      Set.of(SimpleType.BOOL, SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE, SimpleType.DYN);
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(10_000)
          .build();

  private final String text;
  private final CelRuntime.Program program;

  private LabelExpression(String text, CelRuntime.Program program) {
    this.text = text;
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it is none, or can give no label
   */
  static LabelExpression compile(String text) {
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar(RECORD, MapType.create(SimpleType.STRING, SimpleType.DYN))
            .build();
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
      if (!LABELS.contains(tree.getResultType())) {
        throw new IllegalArgumentException(
            "'" + text + "' gives " + tree.getResultType().name() + ", not a bool or a number");
      }
      CelRuntime runtime =
          CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
      return new LabelExpression(text, runtime.createProgram(tree));
    } catch (CelValidationException e) {
      String why = e.getErrors().isEmpty() ? "" : e.getErrors().get(0).getMessage();
      throw new IllegalArgumentException("'" + text + "' is no CEL expression: " + why, e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException("'" + text + "' cannot be planned: " + e.getMessage(), e);
    }
  }

  @Override
  public double of(JsonNode record) {
    Object result = result(record);
    if (result instanceof Boolean isPositive) {
      return isPositive ? 1 : 0;
    }
    if (result instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
      return number.doubleValue();
    }
    throw new EventException(WRONG_TYPE, "the label '" + text + "' must be true, false, 0 or 1");
  }

  private Object result(JsonNode record) {
    try {
      return program.eval(Map.of(RECORD, value(record)));
    } catch (CelEvaluationException e) {
      throw new EventException(
          EXPRESSION_FAILED, "the label '" + text + "' cannot be evaluated: " + e.getMessage(), e);
    }
  }

  private static Object value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(value(item)));
      return list;
    }
    return scalar(node);
  }

  private static Object scalar(JsonNode node) {
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.asLong();
    }
    if (node.isNumber()) {
      return node.asDouble();
    }
    return node.isNull() ? NullValue.NULL_VALUE : node.asText();
  }
}
