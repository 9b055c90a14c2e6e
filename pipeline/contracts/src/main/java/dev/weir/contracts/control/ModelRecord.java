package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * The texts that define one model, as {@code models} carries them.
 *
 * @param model the model
 * @param specText the text of {@code weir.yaml} that decides
 * @param specDigest its digest
 * @param policyText the text of the policy
 * @param policyDigest its digest
 * @param generations every spec that the model has had, in their order; one is live, one at most is
 *     in shadow
 */
public record ModelRecord(
    String model,
    String specText,
    String specDigest,
    String policyText,
    String policyDigest,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<SpecGeneration> generations) {
  public ModelRecord {
    requireNonNull(model, "model");
    requireNonNull(specText, "specText");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(policyText, "policyText");
    requireNonNull(policyDigest, "policyDigest");
    generations = known(generations, specText, specDigest);
    if (generations.stream().filter(SpecGeneration::isLive).count() != 1) {
      throw new IllegalArgumentException("one spec of model " + model + " must be live");
    }
  }

  /** Creates the record of a model with its first spec. */
  public ModelRecord(
      String model, String specText, String specDigest, String policyText, String policyDigest) {
    this(model, specText, specDigest, policyText, policyDigest, List.of());
  }

  /** Records from before a model could have a second spec name none. */
  private static List<SpecGeneration> known(
      List<SpecGeneration> generations, String text, String digest) {
    return generations.isEmpty()
        ? List.of(new SpecGeneration(1, text, digest, SpecGeneration.Phase.LIVE, null, null))
        : List.copyOf(generations);
  }
}
