package dev.weir.contracts.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be tried against a gap between groups, and in which order. The policy says it and nobody
 * else: to use a protected attribute, even against bias, can be forbidden by law.
 *
 * @param methods the methods, tried one after the other until a candidate is not blocked
 * @param groups the spec's group whose gap is to be lessened
 * @param mayUseGroupAtDecision whether a decision may depend on the group
 * @param allowedInTraining whether training may use the group
 */
public record Mitigation(
    List<Method> methods, String groups, boolean mayUseGroupAtDecision, boolean allowedInTraining) {
  /** How well scores rank within a group, and what a champion prevented, no method moves. */
  private static final Set<Metric> BEYOND_IT =
      EnumSet.of(Metric.AUC, Metric.AUC_DIFFERENCE, Metric.UNOBSERVED_SHARE);

  public Mitigation {
    methods = List.copyOf(methods);
    requireNonNull(groups, "groups");
  }

  /** A method, and where it uses the group. */
  public enum Method {
    /** Weights that make group and label independent; before training. */
    REWEIGHING("reweighing", false),
    /** A decision threshold for each group; after training. */
    GROUP_THRESHOLDS("groupThresholds", true),
    /** A sequence of fits that price the gap; in training. */
    EXPONENTIATED_GRADIENT("exponentiatedGradient", false);

    private final String id;
    private final boolean usesGroupAtDecision;

    Method(String id, boolean usesGroupAtDecision) {
      this.id = id;
      this.usesGroupAtDecision = usesGroupAtDecision;
    }

    /** Returns the name in policies and request ids, for example {@code groupThresholds}. */
    @JsonValue
    public String id() {
      return id;
    }

    /** Returns whether decisions depend on the group; else training does. */
    public boolean usesGroupAtDecision() {
      return usesGroupAtDecision;
    }

    /**
     * Returns the method of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Method of(String id) {
      for (Method method : values()) {
        if (method.id.equals(id)) {
          return method;
        }
      }
      throw new IllegalArgumentException(
          "method must be one of " + List.of(values()) + ", was " + id);
    }
  }

  /** Returns whether a method is listed and may use the group where it does. */
  public boolean allows(Method method) {
    return methods.contains(method)
        && (method.usesGroupAtDecision() ? mayUseGroupAtDecision : allowedInTraining);
  }

  /**
   * Returns whether a gate asks for a gap between its groups. One that compares a compressed
   * candidate with its parent does not: another training says nothing of a compression. Neither do
   * ranking within groups and labels that decisions prevented.
   */
  public boolean answers(Gate gate) {
    return groups.equals(gate.groups())
        && !gate.metric().isAgainstParent()
        && !BEYOND_IT.contains(gate.metric());
  }

  /** Returns the method to try first. */
  public Optional<Method> first() {
    return methods.stream().findFirst();
  }

  /** Returns the method to try after another; empty after the last and after one not listed. */
  public Optional<Method> after(Method method) {
    int index = methods.indexOf(method);
    return index < 0 ? Optional.empty() : methods.stream().skip(index + 1L).findFirst();
  }
}
