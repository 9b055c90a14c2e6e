package dev.weir.contracts.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.contracts.spec.SpecException;
import dev.weir.contracts.spec.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code mitigation} of a policy file. */
final class MitigationReader {
  private static final String AT = "/mitigation";

  private MitigationReader() {}

  /**
   * Returns the mitigation, or null when the policy has none.
   *
   * @throws SpecException if a method uses the group where it may not, or no gate compares it
   */
  static @Nullable Mitigation read(YamlDocument yaml, List<Gate> gates) {
    JsonNode node = yaml.at(AT);
    if (node.isMissingNode()) {
      return null;
    }
    List<Method> methods = new ArrayList<>();
    node.path("methods").forEach(method -> methods.add(Method.of(method.asText())));
    Mitigation mitigation =
        new Mitigation(
            methods,
            node.path("groups").asText(),
            node.path("mayUseGroupAtDecision").asBoolean(),
            node.path("allowedInTraining").asBoolean());
    for (int i = 0; i < methods.size(); i++) {
      if (!mitigation.allows(methods.get(i))) {
        throw yaml.error(AT + "/methods/" + i, refusal(methods.get(i)));
      }
    }
    if (gates.stream().noneMatch(mitigation::answers)) {
      throw yaml.error(
          AT + "/groups", "no gate compares the groups of '" + mitigation.groups() + "'");
    }
    return mitigation;
  }

  private static String refusal(Method method) {
    return method.usesGroupAtDecision()
        ? method.id() + " decides by group: leave it out or say mayUseGroupAtDecision: true"
        : method.id() + " uses the group in training: leave it out or say allowedInTraining: true";
  }
}
