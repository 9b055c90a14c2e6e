package dev.weir.contracts.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.spec.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sections {@code energy}, {@code robustness}, {@code leakage} and {@code explanation} of
 * a policy.
 */
final class ProbeTermsReader {
  private ProbeTermsReader() {}

  /** Returns what the sections say; the schema has checked types and ranges. */
  static ProbeTerms read(YamlDocument yaml, JsonNode policy) {
    JsonNode robustness = policy.path("robustness");
    List<String> knownAfterLabel = new ArrayList<>();
    policy.path("leakage").path("knownAfterLabel").forEach(n -> knownAfterLabel.add(n.asText()));
    return new ProbeTerms(
        energy(yaml, policy.path("energy")),
        robustness.path("noise").asDouble(ProbeTerms.DEFAULT_NOISE),
        robustness.path("adversarial").asDouble(ProbeTerms.DEFAULT_ADVERSARIAL),
        knownAfterLabel,
        explanation(policy.path("explanation")));
  }

  private static ExplanationTerms explanation(JsonNode explanation) {
    ExplanationTerms defaults = ExplanationTerms.DEFAULT;
    return new ExplanationTerms(
        explanation.path("standardError").asDouble(defaults.standardError()),
        explanation.path("evaluations").asLong(defaults.evaluations()),
        explanation.path("rows").asInt(defaults.rows()),
        explanation.path("qualityRows").asInt(defaults.qualityRows()));
  }

  private static EnergyTerms energy(YamlDocument yaml, JsonNode energy) {
    if (energy.has("gramsPerKilowattHour") && energy.has("poundsPerMegawattHour")) {
      throw yaml.error(
          "/energy", "give gramsPerKilowattHour or poundsPerMegawattHour, they mean the same");
    }
    EnergyTerms defaults = EnergyTerms.DEFAULT;
    double grams =
        energy.has("poundsPerMegawattHour")
            ? EnergyTerms.gramsPerKilowattHour(energy.path("poundsPerMegawattHour").asDouble())
            : energy.path("gramsPerKilowattHour").asDouble(defaults.gramsPerKilowattHour());
    return new EnergyTerms(
        method(energy.path("limitsFrom")),
        grams,
        energy.path("powerUsageEffectiveness").asDouble(defaults.powerUsageEffectiveness()),
        energy.path("predictions").asLong(defaults.predictions()),
        embodied(energy.path("embodied")));
  }

  private static EnergyTerms.@Nullable Method method(JsonNode name) {
    return name.isMissingNode()
        ? null
        : EnergyTerms.Method.valueOf(name.asText().toUpperCase(Locale.ROOT));
  }

  private static EnergyTerms.Embodied embodied(JsonNode embodied) {
    return embodied.isMissingNode()
        ? EnergyTerms.Embodied.NONE
        : new EnergyTerms.Embodied(
            embodied.path("grams").asDouble(),
            embodied.path("hours").asDouble(),
            embodied.path("lifetimeHours").asDouble(),
            embodied.path("share").asDouble());
  }
}
