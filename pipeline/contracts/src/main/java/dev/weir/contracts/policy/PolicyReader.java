package dev.weir.contracts.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.SpecException;
import dev.weir.contracts.spec.YamlDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a policy file: YAML, checked by a schema, errors name the line. */
public final class PolicyReader {
  /** With fewer, bounds from normal and t distributions do not hold what they promise. */
  private static final int MINIMUM_ROWS = 30;

  private static final String SCHEMA = "/dev/weir/contracts/policy/policy.schema.json";

  private PolicyReader() {}

  /**
   * Returns the policy in {@code text}.
   *
   * @param file the name to put into error messages
   * @throws SpecException with one line {@code file:line: problem} per problem
   */
  public static Policy parse(String file, String text) {
    YamlDocument yaml = YamlDocument.parse(file, text, SCHEMA);
    JsonNode root = yaml.tree();
    ProbeTerms probes = ProbeTermsReader.read(yaml, root);
    List<Gate> gates = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : root.path("gates")) {
      Gate gate = gate(yaml, node, "/gates/" + gates.size());
      if (!names.add(gate.name())) {
        throw yaml.error("/gates/" + gates.size(), "gate name '" + gate.name() + "' is taken");
      }
      requireQualityRows(yaml, gate, "/gates/" + gates.size(), probes.explanation());
      gates.add(gate);
    }
    return new Policy(
        root.path("id").asText(),
        root.path("version").asInt(),
        root.path("alpha").asDouble(),
        root.path("reaudits").asInt(Policy.MOST_REAUDITS),
        answer(root, GateResult.Answer.INSUFFICIENT_EVIDENCE),
        gates,
        MitigationReader.read(yaml, gates),
        probes,
        text,
        Sha256.hex(Json.canonical(root)));
  }

  private static Gate gate(YamlDocument yaml, JsonNode node, String at) {
    Metric metric = Metric.valueOf(constant(node.path("metric").asText()));
    if (Stream.of("above", "below", "within").filter(node::has).count() > 1) {
      throw yaml.error(at, "a gate has one of above, below and within");
    }
    Tolerance tolerance = tolerance(node);
    String severity = node.path("severity").asText("block");
    boolean isReport = tolerance instanceof Tolerance.Reported;
    if (isReport && node.has("severity")) {
      // Silently reporting what its author meant to block would be a hole in the policy.
      throw yaml.error(at, "a gate with a severity needs one of above, below and within");
    }
    requireGroups(yaml, node, at, metric);
    return new Gate(
        node.path("name").asText(),
        metric,
        tolerance,
        Gate.AppliesTo.valueOf(node.path("appliesTo").asText("always").toUpperCase(Locale.ROOT)),
        node.has("groups") ? node.path("groups").asText() : null,
        node.path("minimumRows")
            .asInt(isReport || metric.scope() == Metric.Scope.VERSION ? 0 : MINIMUM_ROWS),
        isReport ? Gate.Severity.REPORT : Gate.Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
        node.has("notAssessable") ? answer(node, GateResult.Answer.BLOCK) : null);
  }

  /** A gate that waits for more rows than are ever tested would wait for ever. */
  private static void requireQualityRows(
      YamlDocument yaml, Gate gate, String at, ExplanationTerms terms) {
    boolean isOfQuality =
        switch (gate.metric()) {
          case EXPLANATION_DELETION_GAIN, EXPLANATION_BACKGROUND_CHANGE, EXPLANATION_NOISE_CHANGE ->
              true;
          default -> false;
        };
    if (isOfQuality && gate.minimumRows() > terms.qualityRows()) {
      throw yaml.error(
          at,
          "the gate needs "
              + gate.minimumRows()
              + " rows and explanation.qualityRows tests "
              + terms.qualityRows()
              + ": raise that, or lower minimumRows");
    }
  }

  /** Returns what {@code notAssessable} maps to. */
  private static GateResult.Answer answer(JsonNode node, GateResult.Answer otherwise) {
    return node.has("notAssessable")
        ? GateResult.Answer.valueOf(constant(node.path("notAssessable").asText()))
        : otherwise;
  }

  private static void requireGroups(YamlDocument yaml, JsonNode node, String at, Metric metric) {
    boolean hasGroups = node.has("groups");
    String name = node.path("metric").asText();
    if (metric.scope() == Metric.Scope.BETWEEN_GROUPS && !hasGroups) {
      throw yaml.error(at, name + " compares groups: name them with groups");
    }
    boolean isOfGroups =
        metric.scope() == Metric.Scope.BETWEEN_GROUPS
            || metric.scope() == Metric.Scope.WITHIN_GROUPS;
    if (hasGroups && !isOfGroups) {
      throw yaml.error(at, name + " is not measured by group: leave groups out");
    }
  }

  private static Tolerance tolerance(JsonNode node) {
    if (node.has("above")) {
      return new Tolerance.Above(node.path("above").asDouble());
    }
    if (node.has("below")) {
      return new Tolerance.Below(node.path("below").asDouble());
    }
    if (node.has("within")) {
      return new Tolerance.Within(node.path("within").asDouble());
    }
    return new Tolerance.Reported();
  }

  /** Returns {@code BRIER_DIFFERENCE} for {@code brierDifference}. */
  private static String constant(String camelCase) {
    return camelCase.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
